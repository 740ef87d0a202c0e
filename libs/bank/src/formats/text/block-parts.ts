import type { QuestionType } from '@xuekao/contracts';
import { marksOf, typeNamed } from '../file-question.js';
import { isOnlySigns, signsIn, withoutSigns } from '../pictures/picture-shelf.js';
import type { Block, Line } from './document.js';
import { goesOn } from './document.js';
import { foldedLine, joinedLines } from './folding.js';
import { circledMarks, labelOf, labelPlaces, laterMarks, optionMarks, withoutLabelBrackets } from './marks.js';
import type { Label, OptionMark } from './marks.js';

export interface ReadOption {
  readonly index: number;
  readonly lines: string[];
  /** Signs of its pictures. */
  readonly pictures?: string;
}

/** A block taken apart: the lines of its stem, its options and its labelled texts. */
export interface BlockParts {
  readonly stem: string[];
  readonly options: ReadOption[];
  readonly labelled: ReadonlyMap<Label, string>;
  /** From a tag such as `(单选题)` at the edge of the stem. */
  readonly type: QuestionType | null;
  readonly marks: number | null;
  /** An answer that another one followed. */
  readonly doubled: string | null;
  /** Signs of pictures below the stem, and of those that have no place. */
  readonly pictures: { readonly stem: string; readonly lost: string };
}

interface Piece {
  readonly label: Label | null;
  readonly text: string;
  readonly folded: string;
  /** Whether the line goes on with the one before, by its sign. */
  readonly isMore: boolean;
}

function pieceOf(text: string, isMore = false): Piece {
  const folded = foldedLine(text);
  const found = isMore ? undefined : labelOf(folded);
  if (!found) return { label: null, text, folded, isMore };
  return { label: found.label, text: text.slice(found.at), folded: folded.slice(found.at), isMore };
}

/** A line as its labelled pieces: `D.四项 答案：A 解析：…` are three. */
function piecesOf(line: Line): Piece[] {
  if (line.text.startsWith(goesOn)) return [pieceOf(line.text.slice(1), true)];
  const text = withoutLabelBrackets(line.text);
  const folded = foldedLine(text);
  const places = labelPlaces(folded).filter((at) => folded.slice(0, at).trim() !== '');
  const cuts = [0, ...places, text.length];
  return cuts.slice(0, -1).map((from, index) => pieceOf(text.slice(from, cuts[index + 1]).trim()));
}

const tag =
  /^\s*[(【[]\s*([^()【】[\]]{2,10}?)\s*[)】\]]\s*|\s*[(【[]\s*([^()【】[\]]{2,10}?)\s*[)】\]]\s*([。.?]?)\s*$/gu;
const marksTag = /\s*\((?:本题|每题)?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分\s*\)\s*/u;

/** Takes tags of type and marks off the edges of a stem's first line. */
function untagged(text: string): { text: string; type: QuestionType | null; marks: number | null } {
  let rest = text;
  let type: QuestionType | null = null;
  const folded = foldedLine(rest);
  for (const match of folded.matchAll(tag)) {
    const word = match[1] ?? match[2]!;
    const named = /题|选/u.test(word) ? typeNamed(word) : undefined;
    if (!named) continue;
    type = named;
    rest = (rest.slice(0, match.index) + (match[3] ?? '') + rest.slice(match.index + match[0].length)).trim();
    break;
  }
  const marks = marksTag.exec(foldedLine(rest));
  if (!marks) return { text: rest, type, marks: null };
  return {
    text: `${rest.slice(0, marks.index)}${rest.slice(marks.index + marks[0].length)}`.trim(),
    type,
    marks: marksOf(marks[1]!) ?? null,
  };
}

class PartsReader {
  readonly stem: string[] = [];
  readonly options: ReadOption[] = [];
  readonly labelled = new Map<Label, string[]>();
  doubled: string | null = null;
  /** Signs of pictures in lines of their own. */
  loose = '';
  lost = '';
  private current: Label | null = null;

  constructor(private readonly isCircled: boolean) {}

  take(piece: Piece, isFirst: boolean): void {
    if (!piece.label && isOnlySigns(piece.text)) return this.takePicture(signsIn(piece.text));
    if (piece.label && !piece.isMore) {
      this.current = piece.label;
      const before = this.labelled.get(piece.label) ?? [];
      if (piece.label === 'answer' && before.length > 0) this.doubled = before.join(' ');
      // Of two answers the later one counts, as when a list of keys is pasted below; of other texts all are kept.
      const kept = piece.label === 'explanation' || piece.label === 'rubric' ? before : [];
      this.labelled.set(piece.label, piece.text.trim() === '' ? [...kept] : [...kept, piece.text]);
      return;
    }
    if (piece.isMore) return this.addTo(piece.text);
    const keepsText = this.current === 'explanation' || this.current === 'rubric';
    const marks = keepsText ? [] : this.marksIn(piece.folded, isFirst);
    if (marks.length === 0) return this.goOn(piece.text);
    const before = piece.text.slice(0, marks[0]!.at).trim();
    if (before !== '') this.goOn(before);
    for (const [at, mark] of marks.entries()) {
      this.options.push({ index: mark.index, lines: [piece.text.slice(mark.end, marks[at + 1]?.at).trim()] });
    }
    this.current = null;
  }

  /** A picture in a line of its own is the last option's where that has no words yet, else the stem's. */
  private takePicture(signs: string): void {
    const last = this.current ? undefined : this.options.at(-1);
    if (last && withoutSigns(last.lines.join('')).trim() === '') last.lines.push(signs);
    else if (this.current === 'explanation') this.lost += signs;
    else this.loose += signs;
  }

  private marksIn(folded: string, isFirst: boolean): readonly OptionMark[] {
    if (this.isCircled) {
      const marks = circledMarks(folded);
      return marks.length > 0 && folded.slice(0, marks[0]!.at).trim() === '' ? marks : [];
    }
    const next = this.options.length === 0 ? 0 : this.options.at(-1)!.index + 1;
    const begun = optionMarks(folded, next, false);
    if (begun.length > 0) return begun;
    if (this.options.length > 0) return this.current ? [] : laterMarks(folded, next);
    const within = optionMarks(folded, 0, true);
    return within.length > 1 || (isFirst && within.length > 1) ? within : [];
  }

  private get open(): string[] {
    if (this.current) return this.labelled.get(this.current)!;
    return this.options.length > 0 ? this.options.at(-1)!.lines : this.stem;
  }

  private goOn(text: string): void {
    this.open.push(text);
  }

  /** With its line break, whatever the width. */
  private addTo(text: string): void {
    const lines = this.open;
    if (lines.length === 0) lines.push(text);
    else lines[lines.length - 1] += `\n${text}`;
  }
}

function usesCircles(pieces: readonly Piece[], listed: string): boolean {
  if (pieces.some((piece) => !piece.label && optionMarks(piece.folded, 0, false).length > 0)) return false;
  const open = pieces.filter((piece) => !piece.label);
  if (open.some((piece) => optionMarks(piece.folded, 0, true).length > 1)) return false;
  const marks = open.flatMap((piece) => (/^\s*[①-⑩]/u.test(piece.folded) ? circledMarks(piece.folded) : []));
  const answer = pieces.find((piece) => piece.label === 'answer')?.folded ?? listed;
  const points =
    /^[\sA-Ja-j①-⑩1-9、,;]+$/u.test(answer) || open.some(({ folded }) => /\(\s*[A-J①-⑩]+\s*\)/u.test(folded));
  return marks.length >= 2 && marks[0]!.index === 0 && points;
}

export function partsOf(block: Block): BlockParts {
  const [first, ...rest] = block.lines;
  const head = untagged(withoutSigns(first!.text));
  const headSigns = signsIn(first!.text);
  const lines = [{ ...first!, text: head.text, folded: foldedLine(head.text) }, ...rest];
  const pieces = lines.flatMap(piecesOf).filter((piece) => piece.text.trim() !== '' || piece.label || piece.isMore);
  const reader = new PartsReader(usesCircles(pieces, foldedLine(block.listed?.answer ?? '')));
  for (const [index, piece] of pieces.entries()) reader.take(piece, index === 0);
  const labelled = new Map([...reader.labelled].map(([label, texts]) => [label, joinedLines(texts)] as const));
  const { type, marks } = head;
  const { stem, options, doubled, loose, lost } = reader;
  const pictures = { stem: headSigns + loose, lost };
  return withoutPictures({ stem, options, labelled, type, marks, doubled, pictures });
}

/** The parts with their pictures apart, so that words are read as if there were none. */
export function withoutPictures(parts: BlockParts): BlockParts {
  const { stem, options, labelled, pictures } = parts;
  const inLabels = [...labelled].filter(([label]) => label !== 'explanation').map(([, text]) => signsIn(text));
  return {
    ...parts,
    stem: stem.filter((line) => !isOnlySigns(line)).map(withoutSigns),
    options: options.map(({ index, lines }) => ({
      index,
      lines: lines.filter((line, at) => at === 0 || !isOnlySigns(line)).map(withoutSigns),
      pictures: signsIn(lines.join('')),
    })),
    labelled: new Map([...labelled].map(([label, text]) => [label, withoutSigns(text)])),
    pictures: {
      stem: pictures.stem + signsIn(stem.join('')) + inLabels.join(''),
      lost: pictures.lost + signsIn(labelled.get('explanation') ?? ''),
    },
  };
}
