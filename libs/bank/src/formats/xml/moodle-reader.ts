import type { ImportGuess, ImportPlace } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { isQuestionCode } from '../../core/index.js';
import { fileQuestion, marksOf } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { categoryTopic } from '../gift/gift-reader.js';
import { excerpt } from '../import-row.js';
import type { ImportRow, Reading, UnreadPiece } from '../import-row.js';
import { metaFrom, withMeta } from '../meta-lines.js';
import { rowOfQuestion } from '../row-of-question.js';
import { withoutSigns } from '../pictures/picture-shelf.js';
import type { PictureShelf } from '../pictures/picture-shelf.js';
import { truthFrom } from '../text/answers.js';
import { clozeOf } from './cloze.js';
import { plainOfHtml } from './html-text.js';
import type { PictureTaker } from './html-text.js';
import { childOf, childrenOf, descendants, textOf, xmlTree } from './xml-tree.js';
import type { XmlElement } from './xml-tree.js';

type Core = Partial<FileQuestion> & Pick<FileQuestion, 'type'>;

class MoodleQuestion {
  readonly guesses: ImportGuess[] = [];
  /** Files that its texts show. */
  taken = 0;

  constructor(
    readonly element: XmlElement,
    private readonly shelf?: PictureShelf,
  ) {}

  get type(): string {
    return this.element.attributes.type ?? '';
  }

  /** A text child as plain words; its format says whether it is HTML. */
  text(name: string, of: XmlElement = this.element): string {
    return this.plain(childOf(of, name));
  }

  private plain(element: XmlElement | undefined): string {
    if (!element) return '';
    const raw = textOf(childOf(element, 'text')).trim();
    const { format } = element.attributes;
    if (format === 'plain_text' || format === 'markdown') return raw;
    const { text, pictures } = plainOfHtml(
      withoutSigns(raw),
      this.shelf && pictureTaker(element, this.shelf, () => (this.taken += 1)),
    );
    if (pictures > 0) {
      this.guesses.push({ what: 'picture', guess: '', reason: 'picture-dropped', facts: { found: pictures } });
    }
    return text;
  }

  private answers(): { text: string; fraction: number; element: XmlElement }[] {
    return childrenOf(this.element, 'answer').map((element) => ({
      element,
      fraction: Number(element.attributes.fraction ?? 0),
      text: this.plain(element),
    }));
  }

  core(): Core | Refusal {
    switch (this.type) {
      case 'multichoice':
      case 'multichoiceset':
        return this.choice();
      case 'truefalse':
        return this.truth();
      case 'shortanswer':
        return this.short();
      case 'numerical':
        return this.number();
      case 'essay':
        return { type: 'short-answer', reference: this.text('graderinfo') };
      case 'matching':
        return this.matching();
      case 'ordering':
        return { type: 'ordering', order: this.answers().map((answer) => answer.text) };
      case 'cloze':
      case 'multianswer':
        return this.cloze();
      default:
        return refuse('bank.import.element-unsupported', {
          element: `第 ${this.element.line} 行的 ${this.type === '' ? 'question' : this.type} 题`,
        });
    }
  }

  private choice(): Core {
    const answers = this.answers();
    const isSingle = textOf(childOf(this.element, 'single')).trim() !== 'false' && this.type === 'multichoice';
    const best = Math.max(...answers.map(({ fraction }) => fraction));
    const isRight = (fraction: number): boolean => (isSingle ? fraction === best && best > 0 : fraction > 0);
    const shares = new Set(answers.filter(({ fraction }) => isRight(fraction)).map(({ fraction }) => fraction));
    const others = answers.some(({ fraction }) => !isRight(fraction) && fraction > 0);
    if (shares.size > 1 || others || (isSingle && best < 100)) {
      this.guesses.push({ what: 'answer', guess: String(shares.size), reason: 'partial-weights' });
    }
    const options = answers.map(({ text, fraction }) => ({ text, correct: isRight(fraction) }));
    return { type: isSingle ? 'single' : 'multiple', options };
  }

  private truth(): Core {
    const right = this.answers().find(({ fraction }) => fraction > 0)?.text ?? '';
    return { type: 'true-false', truth: truthFrom(right) ?? null };
  }

  private short(): Core {
    const whole = this.answers().filter(({ fraction }) => fraction === 100);
    if (whole.length < childrenOf(this.element, 'answer').length) {
      this.guesses.push({ what: 'answer', guess: String(whole.length), reason: 'partial-weights' });
    }
    const wordings = whole.map(({ text }) => text.replace(/\\\*/gu, '*'));
    const pattern = whole.find(({ text }) => /(?<!\\)\*/u.test(text))?.text;
    if (pattern)
      this.guesses.push({ what: 'answer', guess: pattern, reason: 'case-or-pattern', facts: { found: pattern } });
    return { type: 'blank', answers: [wordings] };
  }

  private number(): Core {
    const whole = this.answers().filter(({ fraction }) => fraction === 100);
    const tolerance = textOf(childOf(whole[0]?.element ?? this.element, 'tolerance')).trim();
    if (tolerance !== '' && Number(tolerance) !== 0) {
      this.guesses.push({ what: 'answer', guess: whole[0]!.text, reason: 'tolerance-dropped', facts: { tolerance } });
    }
    return { type: 'blank', answers: [whole.map(({ text }) => text)] };
  }

  private matching(): Core {
    const all = childrenOf(this.element, 'subquestion').map((element) => ({
      left: this.plain(element),
      right: plainOfHtml(textOf(childOf(childOf(element, 'answer') ?? element, 'text'))).text,
    }));
    const pairs = all.filter(({ left }) => left !== '');
    return { type: 'matching', pairs, spareRights: all.filter(({ left }) => left === '').map(({ right }) => right) };
  }

  private cloze(): Core | Refusal {
    const cloze = clozeOf(this.text('questiontext'));
    return 'kind' in cloze ? cloze : { type: 'blank', stem: cloze.stem, answers: cloze.answers };
  }
}

const embedded = /^data:image\/[a-z+.-]+;base64,/iu;

/** Pictures of a text: files beside it, by the name that it calls them, or written into the address. */
function pictureTaker(of: XmlElement, shelf: PictureShelf, onFile: () => void): PictureTaker {
  const files = new Map(childrenOf(of, 'file').map((file) => [file.attributes.name ?? '', file]));
  return (source, alt) => {
    if (embedded.test(source)) return shelf.add(Buffer.from(source.slice(source.indexOf(',') + 1), 'base64'), alt);
    const name = /^@@PLUGINFILE@@\/(?:.*\/)?([^/?#]+)/u.exec(source)?.[1];
    const file = name === undefined ? undefined : files.get(decodedName(name));
    if (!file || file.attributes.encoding !== 'base64') return undefined;
    onFile();
    return shelf.add(Buffer.from(textOf(file), 'base64'), alt);
  };
}

function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function questionOf(question: MoodleQuestion, topic: string): FileQuestion | Refusal {
  const core = question.core();
  if ('kind' in core) return core;
  const { element } = question;
  const tags = childrenOf(childOf(element, 'tags') ?? element, 'tag').map((tag) => textOf(childOf(tag, 'text')));
  const names = [textOf(childOf(element, 'idnumber')), textOf(childOf(childOf(element, 'name') ?? element, 'text'))];
  const code = names.map((name) => name.trim()).find(isQuestionCode) ?? '';
  const told = fileQuestion({
    stem: question.text('questiontext'),
    ...core,
    explanation: question.text('generalfeedback'),
    code,
    topic,
    marks: null,
  });
  const files = [...descendants(element)].filter(({ name }) => name === 'file').length - question.taken;
  if (files > 0 && !question.guesses.some(({ reason }) => reason === 'picture-dropped')) {
    question.guesses.push({ what: 'picture', guess: '', reason: 'picture-dropped', facts: { found: files } });
  }
  const full = withMeta(told, metaFrom(tags));
  const grade = marksOf(String(Number(textOf(childOf(element, 'defaultgrade')) || Number.NaN)));
  return full.marks === null && grade !== undefined && grade !== 100 ? { ...full, marks: grade } : full;
}

/** Moodle XML: every question with the line of its element; categories give the topic; descriptions are left over. */
export function readMoodleXml(text: string, shelf: PictureShelf): Reading {
  const root = xmlTree('Moodle XML', text);
  const rows: ImportRow[] = [];
  const unread: UnreadPiece[] = [];
  let topic = '';
  for (const [index, element] of childrenOf(root, 'question').entries()) {
    const question = new MoodleQuestion(element, shelf);
    const place: ImportPlace = { kind: 'element', path: `question[${index + 1}]`, line: element.line };
    if (question.type === 'category') {
      topic = categoryTopic(textOf(childOf(childOf(element, 'category') ?? element, 'text')));
      continue;
    }
    const raw = new MoodleQuestion(element).text('questiontext');
    if (question.type === 'description') {
      unread.push({ place, text: excerpt(raw, 200) });
      continue;
    }
    const read = questionOf(question, topic);
    const name = textOf(childOf(childOf(element, 'name') ?? element, 'text')).trim();
    rows.push(rowOfQuestion(place, name || String(index + 1), raw, read, question.guesses));
  }
  return { rows, unread };
}
