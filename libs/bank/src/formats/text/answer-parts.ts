import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { gapsIn, letterOf } from '../../core/index.js';
import type { FilePair } from '../file-question.js';
import { splitUnescaped } from '../wordings.js';
import { lettersFrom } from './answers.js';
import { foldedLine } from './folding.js';

const found = (answer: string): Refusal => refuse('bank.question.key-unreadable', { found: answer.slice(0, 40) });

/** `①` style and plain figures as letters: `1、3` is AC where there are options. */
export function lettersOf(answer: string): string[] | undefined {
  const letters = lettersFrom(answer);
  if (letters) return letters;
  const plain = answer.normalize('NFKC').replace(/[\s、,;.。]/gu, '');
  return /^[1-9]{1,9}$/u.test(plain) ? [...plain].map((sign) => letterOf(Number(sign) - 1)) : undefined;
}

/** `A.政治意识 C.大局意识` as letters, where every text is that of its option. */
export function lettersWithTexts(answer: string, options: readonly string[]): string[] | undefined {
  const form = (text: string): string => text.normalize('NFKC').replace(/[\s、,;.。]/gu, '');
  const marks = [...foldedLine(answer).matchAll(/(?<![A-Za-z])([A-J])\s*[.、:)]\s*/gu)];
  if (marks.length === 0 || marks[0]!.index !== 0) return undefined;
  const isTold = marks.every((mark, at) => {
    const text = answer.slice(mark.index + mark[0].length, marks[at + 1]?.index);
    const option = options[mark[1]!.charCodeAt(0) - 65];
    return option !== undefined && form(text) === form(option);
  });
  return isTold ? marks.map((mark) => mark[1]!) : undefined;
}

/** `甲（ 1 ）乙（ 2 ）。` with the answer `（1）一（2）二`: the numbered brackets as gaps. */
export function withNumberedGaps(stem: string, answer: string): string {
  const numbers = [...stem.matchAll(/[(（]\s*(\d)\s*[)）]/gu)];
  const isRow = numbers.length > 0 && numbers.every((match, at) => Number(match[1]) === at + 1);
  if (!isRow || gapsIn(stem) > 0 || answer.match(/[(（]\d[)）]/gu)?.length !== numbers.length) return stem;
  return stem.replace(/[(（]\s*\d\s*[)）]/gu, '____');
}

/** The answers of a stem's blanks: the first way of parting them that gives one to each. */
export function blankAnswers(stem: string, answer: string): string[] {
  const gaps = gapsIn(stem);
  if (gaps === 1) return [answer];
  const numbered = answer.split(/\s*[(（]\d[)）]\s*|\s*[①-⑩]\s*/u).filter((part) => part.trim() !== '');
  if (gaps > 1 && numbered.length === gaps) return numbered.map((part) => part.replace(/[;；、,，]\s*$/u, ''));
  const plain = splitUnescaped(answer, ';；');
  if (plain.length === gaps) return plain;
  for (const way of [/\n/u, /、/u, /[,，]/u, /\s+/u]) {
    const parts = answer.split(way).map((part) => part.trim());
    if (parts.length === gaps && parts.every((part) => part !== '')) return parts;
  }
  return plain;
}

/** Options in the order that the answer's letters give: every one of them once. */
export function orderOf(options: readonly string[], answer: string): string[] | Refusal {
  if (answer === '') return refuse('bank.question.key-missing');
  const letters = lettersOf(answer);
  if (!letters || letters.length !== options.length || new Set(letters).size !== options.length) return found(answer);
  const order = letters.map((letter) => options[letter.charCodeAt(0) - 65]);
  return order.includes(undefined) ? found(answer) : (order as string[]);
}

const pairMark = /\s*(?:⇔|<->|<=>|=>|→|——|—)\s*/u;

/** `左 ⇔ 右`, a pair a line. */
export function pairsOf(lines: readonly string[]): FilePair[] | Refusal {
  const pairs: FilePair[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const at = pairMark.exec(line);
    if (!at) return found(line);
    pairs.push({ left: line.slice(0, at.index).trim(), right: line.slice(at.index + at[0].length).trim() });
  }
  return pairs.length > 0 ? pairs : refuse('bank.question.key-missing');
}
