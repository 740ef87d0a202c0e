import type { QuestionBody, QuestionKey, QuestionType } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { choiceKey, optionIdAt, truthOptions } from './question-draft.js';
import { gapsIn, letterOf, questionRefusal } from './question-rules.js';
import { sourceRefusal } from './question.js';

/** One question found in pasted text. `line` is where its number stands, from 1. */
export interface PastedQuestion {
  readonly line: number;
  readonly number: string;
  readonly body: QuestionBody;
  readonly key: QuestionKey;
  readonly explanation: string;
  readonly source: string;
}

export interface PastedFault {
  readonly line: number;
  readonly number: string;
  readonly stem: string;
  readonly refusal: Refusal;
}

export type PastedRow = { readonly question: PastedQuestion } | { readonly fault: PastedFault };

interface Block {
  readonly line: number;
  readonly number: string;
  readonly stem: string[];
  readonly options: { letter: string; text: string }[];
  readonly labelled: Map<'answer' | 'explanation' | 'source', string>;
  readonly heading: QuestionType | undefined;
}

const headings: readonly (readonly [RegExp, QuestionType])[] = [
  [/单(?:项)?选/u, 'single'],
  [/多(?:项)?选/u, 'multiple'],
  [/判断/u, 'true-false'],
  [/填空/u, 'blank'],
];
const headingLine = /^[一二三四五六七八九十]+[、.,．]\s*\S*题/u;
const startLine = /^(?:第\s*)?(\d{1,4})\s*(?:题\s*[:.、,]?|[.、,．)])\s*(.*)$/u;
const optionMark = /(?:^|\s)\(?([A-J])\s*[.、,．:)]\s*/gu;
const labels: readonly (readonly [RegExp, 'answer' | 'explanation' | 'source'])[] = [
  [/^【?(?:正确|参考|标准)?答案】?\s*[::]?\s*(.*)$/u, 'answer'],
  [/^【?(?:解析|说明|试题解析)】?\s*[::]\s*(.*)$/u, 'explanation'],
  [/^【?(?:出处|来源|依据)】?\s*[::]\s*(.*)$/u, 'source'],
];

/** Width folded, so that Ａ．, A. and A． are one; the Chinese comma and stop are kept apart in the text itself. */
function folded(line: string): string {
  return line.replace(/[\uFF21-\uFF2A\uFF0E\uFF1A\uFF08\uFF09\uFF10-\uFF19\u3000]/gu, (sign) => sign.normalize('NFKC'));
}

function headingOf(line: string): QuestionType | undefined {
  if (!headingLine.test(line)) return undefined;
  return headings.find(([pattern]) => pattern.test(line))?.[1];
}

function optionsIn(line: string): { before: string; options: { letter: string; text: string }[] } {
  const marks = [...line.matchAll(optionMark)];
  const first = marks[0];
  if (!first) return { before: line, options: [] };
  const options = marks.map((mark, index) => ({
    letter: mark[1]!,
    text: line.slice(mark.index + mark[0].length, marks[index + 1]?.index).trim(),
  }));
  return { before: line.slice(0, first.index).trim(), options };
}

function addLine(block: Block, line: string): void {
  for (const [pattern, label] of labels) {
    const match = pattern.exec(line);
    if (match) {
      block.labelled.set(label, (match[1] ?? '').trim());
      return;
    }
  }
  const { before, options } = optionsIn(line);
  const startsOptions = options.length > 0 && (before === '' || options.length > 1 || block.options.length > 0);
  if (startsOptions && before === '') block.options.push(...options);
  else if (block.labelled.size > 0) {
    const last = [...block.labelled.keys()].at(-1)!;
    block.labelled.set(last, `${block.labelled.get(last)}\n${line}`.trim());
  } else if (block.options.length > 0) block.options.at(-1)!.text += ` ${line}`;
  else block.stem.push(line);
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let heading: QuestionType | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const line = folded(raw).trim();
    if (line === '') continue;
    const newHeading = headingOf(line);
    if (newHeading) {
      heading = newHeading;
      continue;
    }
    const start = startLine.exec(line);
    const current = blocks.at(-1);
    if (start && !/^\d/u.test(start[2] ?? '')) {
      const block = { line: index + 1, number: start[1]!, stem: [], options: [], labelled: new Map(), heading };
      blocks.push(block);
      if (start[2]) addLine(block, start[2]);
    } else if (current) addLine(current, line);
  }
  return blocks;
}

const truths: readonly string[] = ['对', '√', '✓', '正确', '是', 'T', 'TRUE'];
const untruths: readonly string[] = ['错', '×', '✗', '✕', 'X', '错误', '否', '不正确', '不对', 'F', 'FALSE'];

/** `正确`, `√`, `对`, `T` and their opposites; undefined for anything else. */
export function truthFrom(text: string): boolean | undefined {
  const word = text
    .normalize('NFKC')
    .trim()
    .replace(/[。.]$/u, '')
    .toUpperCase();
  if (truths.includes(word)) return true;
  return untruths.includes(word) ? false : undefined;
}

/** `ABD`, `A、B、D`, `Ａ，Ｂ` as letters; undefined when it is no list of letters. */
export function lettersFrom(text: string): string[] | undefined {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s、,;.。()]/gu, '');
  return /^[A-J]+$/u.test(letters) ? [...letters] : undefined;
}

function choiceOf(block: Block, stem: string, answer: string): { body: QuestionBody; key: QuestionKey } | Refusal {
  for (const [index, option] of block.options.entries()) {
    if (option.letter !== letterOf(index)) return refuse('bank.question.option-missing', { option: letterOf(index) });
  }
  const letters = lettersFrom(answer);
  if (!letters) return refuse('bank.question.key-unreadable', { found: answer });
  const type = block.heading === 'multiple' || letters.length > 1 ? 'multiple' : 'single';
  if (block.heading === 'single' && type === 'multiple') {
    return refuse('bank.question.key-count', { type: '单选题', expected: 1, found: letters.length });
  }
  const options = block.options.map((option, index) => ({ id: optionIdAt(index), text: option.text.trim() }));
  const key = choiceKey(letters.map((letter) => optionIdAt(letter.charCodeAt(0) - 65)));
  return { body: { type, stem, options }, key };
}

function blankOf(stem: string, answer: string): { body: QuestionBody; key: QuestionKey } {
  const parts = gapsIn(stem) === 1 ? [answer] : answer.split(/[;；]/u);
  const accepted = parts.map((part) => part.split(/[|｜]/u).map((wording) => wording.trim()));
  return { body: { type: 'blank', stem, blanks: accepted.length }, key: { kind: 'blank', accepted } };
}

function bodyAndKeyOf(block: Block, stem: string): { body: QuestionBody; key: QuestionKey } | Refusal {
  const answer = block.labelled.get('answer') ?? '';
  if (answer === '') return refuse('bank.question.key-missing');
  if (block.options.length > 0) return choiceOf(block, stem, answer);
  const truth = block.heading === 'blank' ? undefined : truthFrom(answer);
  if (truth !== undefined) {
    return { body: { type: 'true-false', stem, options: truthOptions }, key: choiceKey([String(truth)]) };
  }
  if (block.heading === 'true-false') return refuse('bank.question.key-unreadable', { found: answer });
  if (block.heading === 'single' || block.heading === 'multiple' || lettersFrom(answer)) {
    return refuse('bank.question.options-too-few', { found: 0, least: 2 });
  }
  return blankOf(stem, answer);
}

/**
 * The plain layout: a numbered stem, options A to J on their own lines or in one, then 答案： and, if wanted, 解析： and
 * 出处：. Headings such as 一、单选题 set the type of what follows. Blanks are parted by ；, wordings of one blank by |.
 * Every numbered block gives a row: a question or the first fault with the line of its number.
 */
export function questionsFromText(text: string): PastedRow[] {
  return blocksOf(text).map((block) => {
    const stem = block.stem.join('\n').trim();
    const { line, number } = block;
    const read = stem === '' ? refuse('bank.question.stem-missing') : bodyAndKeyOf(block, stem);
    const source = block.labelled.get('source') ?? '';
    const refusal = isRefusal(read) ? read : (questionRefusal(read.body, read.key) ?? sourceRefusal(source));
    if (isRefusal(read) || refusal) return { fault: { line, number, stem, refusal: refusal ?? (read as Refusal) } };
    const explanation = block.labelled.get('explanation') ?? '';
    return { question: { line, number, ...read, explanation, source } };
  });
}
