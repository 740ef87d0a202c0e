import gift from 'gift-pegjs';
import type { GIFTQuestion, Location, NumericalChoice, NumericalFormat, TextChoice, TextFormat } from 'gift-pegjs';
import type { ImportGuess } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { isQuestionCode } from '../../core/index.js';
import { fileQuestion } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { excerpt } from '../import-row.js';
import type { ImportRow, Reading, UnreadPiece } from '../import-row.js';
import { metaFrom, withMeta } from '../meta-lines.js';
import { rowOfQuestion } from '../row-of-question.js';
import { plainOfHtml } from '../xml/html-text.js';

interface Chunk {
  /** From 1. */
  readonly line: number;
  readonly lines: string[];
}

const unescapedBraces = (line: string): number =>
  (line.match(/(?<!\\)\{/gu) ?? []).length - (line.match(/(?<!\\)\}/gu) ?? []).length;

/** Pieces between blank lines; inside braces a blank line goes on, unless a new question clearly begins. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let current: Chunk | null = null;
  let depth = 0;
  for (const [index, line] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .entries()) {
    const isComment = /^\s*\/\//u.test(line);
    if (line.trim() === '') {
      if (depth <= 0) current = null;
    } else {
      if (/^\s*(?:::|\$CATEGORY)/u.test(line) && depth > 0) current = null;
      if (!current) {
        current = { line: index + 1, lines: [] };
        chunks.push(current);
        depth = 0;
      }
      if (!isComment) depth += unescapedBraces(line);
    }
    current?.lines.push(line);
  }
  return chunks;
}

const textOf = ({ format, text }: TextFormat): string => (format === 'html' ? plainOfHtml(text).text : text).trim();

/** GIFT is text: a picture is only an address in it. */
const pictureText = /!\[[^\]\n]*\]\([^)\n]+\)|<img\b/giu;

class GiftReader {
  readonly guesses: ImportGuess[] = [];

  constructor(private readonly item: GIFTQuestion) {}

  read(): FileQuestion | Refusal | null {
    const { item } = this;
    switch (item.type) {
      case 'Category':
      case 'Description':
        return null;
      case 'TF':
        return this.complete({ type: 'true-false', truth: item.isTrue }, item.stem, item.globalFeedback);
      case 'Essay':
        return this.complete({ type: 'short-answer' }, item.stem, item.globalFeedback);
      case 'MC':
        return this.choice(item.choices, item.stem, item.globalFeedback);
      case 'Short':
        return this.short(item.choices, item.stem, item.globalFeedback);
      case 'Numerical':
        return this.numerical(item.choices, item.stem, item.globalFeedback);
      case 'Matching': {
        const pairs = item.matchPairs.filter(({ subquestion }) => textOf(subquestion) !== '');
        const spareRights = item.matchPairs
          .filter((pair) => !pairs.includes(pair))
          .map(({ subanswer }) => subanswer.trim());
        const whole = pairs.map(({ subquestion, subanswer }) => ({
          left: textOf(subquestion),
          right: subanswer.trim(),
        }));
        return this.complete({ type: 'matching', pairs: whole, spareRights }, item.stem, item.globalFeedback);
      }
    }
  }

  /** The parser sets spaces around the gap of an embedded answer; Chinese has none there. */
  private stemOf(stem: TextFormat): string {
    const text = textOf(stem);
    if (!('hasEmbeddedAnswers' in this.item) || !this.item.hasEmbeddedAnswers) return text;
    return text.replace(/(?<=[^\p{ASCII}]) ?_{5} ?| ?_{5} ?(?=[^\p{ASCII}])/u, '____');
  }

  private complete(
    core: Partial<FileQuestion> & Pick<FileQuestion, 'type'>,
    stem: TextFormat,
    feedback: TextFormat | null,
  ): FileQuestion {
    return fileQuestion({ ...core, stem: this.stemOf(stem), explanation: feedback ? textOf(feedback) : '' });
  }

  private choice(choices: readonly TextChoice[], stem: TextFormat, feedback: TextFormat | null): FileQuestion {
    const isRight = ({ isCorrect, weight }: TextChoice): boolean => (weight === null ? isCorrect : weight > 0);
    const right = choices.filter(isRight);
    const shares = new Set(right.map(({ weight, isCorrect }) => weight ?? (isCorrect ? 100 : 0)));
    const isEven = shares.size <= 1 && (right.length < 2 || Math.abs([...shares][0]! * right.length - 100) < 1);
    const isPartial = right.length === 1 && right[0]!.weight !== null && right[0]!.weight < 100;
    const isAll = right.length > 1 && right.every((option) => option.weight === null);
    if ((!isEven && !isAll) || isPartial) {
      this.guesses.push({ what: 'answer', guess: String(right.length), reason: 'partial-weights' });
    }
    const options = choices.map((option) => ({ text: textOf(option.text), correct: isRight(option) }));
    return this.complete({ type: right.length > 1 ? 'multiple' : 'single', options }, stem, feedback);
  }

  private short(choices: readonly TextChoice[], stem: TextFormat, feedback: TextFormat | null): FileQuestion {
    const whole = choices.filter(({ weight }) => weight === null || weight === 100);
    if (whole.length < choices.length) {
      this.guesses.push({ what: 'answer', guess: String(whole.length), reason: 'partial-weights' });
    }
    const wordings = whole.map((choice) => textOf(choice.text));
    const pattern = wordings.find((wording) => wording.includes('*'));
    if (pattern)
      this.guesses.push({ what: 'answer', guess: pattern, reason: 'case-or-pattern', facts: { found: pattern } });
    return this.complete({ type: 'blank', answers: [wordings] }, stem, feedback);
  }

  private numerical(
    given: readonly NumericalChoice[] | NumericalFormat,
    stem: TextFormat,
    feedback: TextFormat | null,
  ): FileQuestion | Refusal {
    const numbers = Array.isArray(given)
      ? (given as readonly NumericalChoice[])
          .filter(({ weight }) => weight === null || weight === 100)
          .map(({ text }) => text)
      : [given as NumericalFormat];
    const wordings: string[] = [];
    for (const { type, number, range, numberHigh, numberLow } of numbers) {
      if (type === 'high-low') {
        return refuse('bank.import.element-unsupported', { element: `数值范围 ${numberLow}..${numberHigh}` });
      }
      wordings.push(String(number));
      if (range) {
        const facts = { tolerance: String(range) };
        this.guesses.push({ what: 'answer', guess: String(number), reason: 'tolerance-dropped', facts });
      }
    }
    return this.complete({ type: 'blank', answers: [wordings] }, stem, feedback);
  }
}

interface SyntaxProblem {
  readonly location?: { readonly start: Location };
  readonly found?: string | null;
}

function syntaxRefusal(error: unknown, chunk: Chunk): Refusal {
  const { location, found } = error as SyntaxProblem;
  return refuse('bank.import.gift-syntax', {
    line: chunk.line + (location?.start.line ?? 1) - 1,
    column: location?.start.column ?? 1,
    found: found ? `“${found}”` : '题目结尾',
  });
}

/** GIFT, every type: choices, true-false, blanks, numbers, matching, essays. A chunk at fault leaves the others alone. */
export function readGift(text: string): Reading {
  const rows: ImportRow[] = [];
  const unread: UnreadPiece[] = [];
  let topic = '';
  for (const chunk of chunksOf(text)) {
    const source = chunk.lines.join('\n').trimEnd();
    const place = { kind: 'line', line: chunk.line } as const;
    const notes = chunk.lines.flatMap((line) => /^\s*\/\/\s*(.*)$/u.exec(line)?.[1] ?? []);
    if (notes.length === chunk.lines.filter((line) => line.trim() !== '').length) {
      unread.push({ place, text: excerpt(source, 200) });
      continue;
    }
    let items: GIFTQuestion[];
    try {
      items = gift.parse(source);
    } catch (error) {
      rows.push(rowOfQuestion(place, String(rows.length + 1), source, syntaxRefusal(error, chunk)));
      continue;
    }
    for (const item of items) {
      const reader = new GiftReader(item);
      const read = reader.read();
      if (item.type === 'Category') topic = categoryTopic(item.title);
      else if (!read) unread.push({ place, text: excerpt(source, 200) });
      else {
        const title = item.title?.trim() ?? '';
        const code = isQuestionCode(title) ? title : '';
        const full = 'kind' in read ? read : withMeta({ ...read, code, topic }, metaFrom(notes));
        const found = (source.match(pictureText) ?? []).length;
        const lost: ImportGuess = { what: 'picture', guess: '', reason: 'picture-dropped', facts: { found } };
        const guesses = found > 0 ? [...reader.guesses, lost] : reader.guesses;
        rows.push(rowOfQuestion(place, title || String(rows.length + 1), source, full, guesses));
      }
    }
  }
  return { rows, unread };
}

/** The last part of a category's path: `$course$/top/党章` is 党章. */
export function categoryTopic(path: string): string {
  const last = path
    .replace(/\/\//gu, '\uFFFF')
    .split('/')
    .at(-1)!
    .replace(/\uFFFF/gu, '/')
    .trim();
  return /^\$|^(?:top|default)\b/iu.test(last) ? '' : [...last].slice(0, 60).join('');
}
