import { refuse } from '@xuekao/kernel';
import { fileQuestion } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import type { ImportRow, Reading } from '../import-row.js';
import { rowOfQuestion } from '../row-of-question.js';
import { foldedLine } from '../text/folding.js';

interface Item {
  readonly line: number;
  readonly stem: string[];
  readonly options: { letter: string; text: string }[];
  readonly raw: string[];
}

const optionLine = /^([A-Z])[.)]\s+(.*)$/u;
const answerLine = /^ANSWER\s*:\s*(.*)$/iu;

function questionOf(item: Item, answer: string): FileQuestion | ReturnType<typeof refuse> {
  if (item.stem.length === 0) return refuse('bank.question.stem-missing');
  for (const [index, option] of item.options.entries()) {
    const letter = String.fromCharCode(65 + index);
    if (option.letter !== letter) return refuse('bank.question.option-missing', { option: letter });
  }
  const letters = answer
    .toUpperCase()
    .split(/[\s,、]+/u)
    .filter((part) => part !== '');
  const isList = letters.length > 0 && letters.every((letter) => /^[A-Z]$/u.test(letter));
  if (!isList) return refuse('bank.question.key-unreadable', { found: answer.slice(0, 40) });
  const beyond = letters.find((letter) => !item.options.some((option) => option.letter === letter));
  if (beyond) return refuse('bank.question.key-unknown-option', { option: beyond });
  return fileQuestion({
    type: letters.length > 1 ? 'multiple' : 'single',
    stem: item.stem.join('\n').trim(),
    options: item.options.map(({ letter, text }) => ({ text, correct: letters.includes(letter) })),
  });
}

/** Aiken: a stem, options `A.` or `A)`, then `ANSWER: A`. A question ends with its answer, or is at fault where that is missing. */
export function readAiken(text: string): Reading {
  const rows: ImportRow[] = [];
  let item: Item | null = null;
  const fresh = (line: number): Item => ({ line, stem: [], options: [], raw: [] });
  const close = (current: Item, read: FileQuestion | ReturnType<typeof refuse>): void => {
    const place = { kind: 'line', line: current.line } as const;
    rows.push(rowOfQuestion(place, String(rows.length + 1), current.raw.join('\n'), read));
    item = null;
  };
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const folded = foldedLine(line);
    if (line === '') continue;
    const option = optionLine.exec(folded);
    const answer = answerLine.exec(folded);
    let current: Item = item ?? fresh(index + 1);
    if (!option && !answer && current.options.length > 0) {
      close(current, refuse('bank.import.aiken-line', { line: index + 1, expected: '选项或 ANSWER: 行' }));
      current = fresh(index + 1);
    }
    item = current;
    current.raw.push(line);
    if (answer) close(current, questionOf(current, answer[1]!.trim()));
    else if (option && current.stem.length > 0) {
      current.options.push({ letter: option[1]!, text: line.slice(line.length - option[2]!.length).trim() });
    } else current.stem.push(line);
  }
  const last = item as Item | null;
  if (last) close(last, refuse('bank.import.aiken-line', { line: lines.length, expected: ' ANSWER: 行' }));
  return { rows, unread: [] };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/gu, ' ').trim();

/** Whether Aiken can carry the question: single choice whose lines are not taken for something else. */
export function fitsAiken(question: FileQuestion): boolean {
  const stem = foldedLine(oneLine(question.stem));
  return question.type === 'single' && !question.material && !optionLine.test(stem) && !answerLine.test(stem);
}

export function writeAiken(questions: readonly FileQuestion[]): string {
  const items = questions.filter(fitsAiken).map(({ stem, options }) => {
    const letter = (index: number): string => String.fromCharCode(65 + index);
    const lines = options.map((option, index) => `${letter(index)}. ${oneLine(option.text)}`);
    return [oneLine(stem), ...lines, `ANSWER: ${letter(options.findIndex((option) => option.correct))}`].join('\n');
  });
  return `${items.join('\n\n')}\n`;
}
