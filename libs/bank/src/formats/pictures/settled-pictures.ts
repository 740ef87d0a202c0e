import type { ImportGuess } from '@xuekao/contracts';
import { problems } from '@xuekao/contracts';
import type { FileMaterial, FileOption, FilePicture, FileQuestion } from '../file-question.js';
import type { ImportRow, Reading } from '../import-row.js';
import { faultsOf } from '../question-check.js';
import { withoutSigns } from './picture-shelf.js';
import type { PictureShelf, ShownPicture } from './picture-shelf.js';

/** Pictures that one stem or material may show. */
const mostPerText = 10;

/** Takes the signs out of one question and puts the pictures where the bank has places for them. */
class QuestionPictures {
  readonly guesses: ImportGuess[] = [];
  /** Pictures that have no place in the bank, or that the file does not hold. */
  private dropped = 0;
  private named = 0;

  constructor(private readonly shelf: PictureShelf) {}

  settle(draft: FileQuestion): FileQuestion {
    const stem = this.shelf.taken(draft.stem);
    const pictures = this.several([...draft.pictures], stem.shown);
    const plain = (text: string): string => this.without(text);
    return {
      ...draft,
      stem: tidy(stem.text),
      pictures,
      options: draft.options.map((option) => this.option(option)),
      material: draft.material && this.material(draft.material),
      answers: draft.answers.map((wordings) => wordings.map(plain)),
      order: draft.order.map(plain),
      pairs: draft.pairs.map(({ left, right }) => ({ left: plain(left), right: plain(right) })),
      spareRights: draft.spareRights.map(plain),
      reference: plain(draft.reference),
      rubric: draft.rubric.map(plain),
      explanation: plain(draft.explanation),
      source: plain(draft.source),
      topic: plain(draft.topic),
      code: plain(draft.code),
    };
  }

  /** What a person is to look at, one guess a kind. */
  allGuesses(): ImportGuess[] {
    const dropped: ImportGuess[] =
      this.dropped > 0
        ? [{ what: 'picture', guess: '', reason: 'picture-dropped', facts: { found: this.dropped } }]
        : [];
    return [...this.guesses, ...dropped];
  }

  private option(given: FileOption): FileOption {
    const { text, shown } = this.shelf.taken(given.text);
    const [first, ...more] = this.good(shown);
    this.dropped += more.length;
    return { ...given, text: tidy(text), ...(first ? { picture: first } : {}) };
  }

  private material(given: FileMaterial): FileMaterial {
    const { text, shown } = this.shelf.taken(given.text);
    const pictures = this.several([...(given.pictures ?? [])], shown);
    const title = tidy(withoutSigns(given.title)) || '材料';
    return { title, text: tidy(text) || '（见图）', ...(pictures.length > 0 ? { pictures } : {}) };
  }

  private several(known: readonly FilePicture[], shown: readonly ShownPicture[]): FilePicture[] {
    const all = [...new Map([...known, ...this.good(shown)].map((picture) => [picture.id, picture])).values()];
    this.dropped += Math.max(0, all.length - mostPerText);
    return all.slice(0, mostPerText);
  }

  private without(text: string): string {
    const taken = this.shelf.taken(text);
    this.dropped += taken.shown.length;
    return taken.shown.length > 0 ? tidy(taken.text) : text;
  }

  private good(shown: readonly ShownPicture[]): FilePicture[] {
    return shown.flatMap(({ picture, refusal }) => {
      if (refusal) {
        const why = problems[refusal.code]?.title ?? refusal.code;
        if (!this.guesses.some(({ facts }) => facts?.why === why)) {
          this.guesses.push({ what: 'picture', guess: '', reason: 'picture-refused', facts: { why } });
        }
      } else if (!picture) this.dropped += 1;
      return picture ? [this.withWords(picture)] : [];
    });
  }

  /** Who cannot see a picture answers by its words, so made-up ones are for a person to look at. */
  private withWords(picture: FilePicture): FilePicture {
    if (picture.alt !== '') return picture;
    this.named += 1;
    const alt = `试题配图${this.named}`;
    if (this.named === 1) this.guesses.push({ what: 'picture', guess: alt, reason: 'picture-alt-missing' });
    return { ...picture, alt };
  }
}

const tidy = (text: string): string =>
  text
    .replace(/[ \t]+\n/gu, '\n')
    .replace(/\n{2,}/gu, '\n')
    .trim();

function settledRow(row: ImportRow, shelf: PictureShelf): ImportRow {
  const raw = row.raw.replace(/[\u{100000}-\u{10FFFF}]/gu, '〔图〕');
  const label = withoutSigns(row.label);
  if (!row.draft) return { ...row, raw, label };
  const pictures = new QuestionPictures(shelf);
  const draft = pictures.settle(row.draft);
  const guesses = [...row.guesses.filter(({ reason }) => reason !== 'picture-dropped'), ...pictures.allGuesses()];
  const counted = row.guesses.filter(({ reason }) => reason === 'picture-dropped');
  const hasDropped = guesses.some(({ reason }) => reason === 'picture-dropped');
  return {
    ...row,
    raw,
    label,
    draft,
    faults: row.faults.length > 0 ? row.faults : faultsOf(draft),
    guesses: hasDropped ? guesses : [...guesses, ...counted],
  };
}

/** The reading with its pictures in their places; files without any stay as they are. */
export function settledPictures(reading: Reading, shelf: PictureShelf): Reading {
  if (!shelf.isUsed) return reading;
  return {
    rows: reading.rows.map((row) => settledRow(row, shelf)),
    unread: reading.unread.flatMap((piece) => {
      const text = withoutSigns(piece.text);
      return text.trim() === '' ? [] : [{ ...piece, text }];
    }),
  };
}
