import type { ExternalStatus } from '@xuekao/contracts';
import { formatPoints, normalText, parsePoints, refuse } from '@xuekao/kernel';
import type { Points, Refusal } from '@xuekao/kernel';
import { scaledScore } from './grading.js';

/** A line of the list as text; `row` is the sheet's row number. */
export interface ResultLine {
  readonly row: number;
  readonly staffNumber: string;
  readonly name: string;
  readonly score: string;
  readonly note: string;
}

export type ResultColumn = 'staffNumber' | 'name' | 'score' | 'note';

export interface ResultPerson {
  readonly memberId: string;
  readonly staffNumber: string;
  readonly name: string;
}

export interface ReadResult {
  readonly memberId: string;
  readonly status: ExternalStatus;
  /** Hundredths of the exam's own full marks; null unless scored. */
  readonly raw: Points | null;
  /** On the scale of 100, in hundredths. */
  readonly score: Points | null;
}

export interface ResultFault {
  readonly row: number;
  readonly column: ResultColumn;
  readonly refusal: Refusal;
}

export interface ReadLine {
  readonly line: ResultLine;
  readonly result: ReadResult | null;
  readonly faults: readonly ResultFault[];
}

const notes: Readonly<Record<string, ExternalStatus>> = { 缓考: 'deferred', 免考: 'exempt', 缺考: 'absent' };

function scoreOf(
  { score, note }: ResultLine,
  full: Points,
): { status: ExternalStatus; raw: Points | null } | [ResultColumn, Refusal] {
  const word = note.normalize('NFKC').trim();
  const text = score.normalize('NFKC').trim();
  const status = word === '' ? 'scored' : notes[word];
  if (status === undefined) return ['note', refuse('exam.external.note-unknown', { found: word })];
  if (status !== 'scored') {
    return text === '' ? { status, raw: null } : ['note', refuse('exam.external.note-with-score', { note: word })];
  }
  if (text === '') return ['score', refuse('exam.external.score-missing')];
  const raw = parsePoints(text);
  if (raw === undefined) return ['score', refuse('exam.external.score-unreadable', { found: text })];
  if (raw < 0 || raw > full) {
    return ['score', refuse('exam.external.score-out-of-range', { full: formatPoints(full), found: text })];
  }
  return { status, raw };
}

/**
 * Reads a result list against the people of the exam's roster: every line gets its result or its faults by column. A staff
 * number counts once; the name must be the registered one. Scores take at most two decimals and never a float.
 */
export function readResults(lines: readonly ResultLine[], people: readonly ResultPerson[], full: Points): ReadLine[] {
  const byNumber = new Map(people.map((person) => [normalText(person.staffNumber), person]));
  const firstRow = new Map<string, number>();
  return lines.map((line) => {
    const faults: ResultFault[] = [];
    const fault = (column: ResultColumn, refusal: Refusal): void =>
      void faults.push({ row: line.row, column, refusal });
    const number = normalText(line.staffNumber);
    const person = byNumber.get(number);
    const twin = firstRow.get(number);
    if (number === '') fault('staffNumber', refuse('exam.external.staff-number-missing'));
    else if (twin !== undefined) fault('staffNumber', refuse('exam.external.repeated', { row: twin }));
    else if (!person)
      fault('staffNumber', refuse('exam.external.staff-number-unknown', { found: line.staffNumber.trim() }));
    else if (normalText(line.name) !== normalText(person.name)) {
      fault('name', refuse('exam.external.name-mismatch', { staffNumber: person.staffNumber }));
    }
    if (number !== '' && twin === undefined) firstRow.set(number, line.row);
    const read = scoreOf(line, full);
    if (Array.isArray(read)) fault(...read);
    if (faults.length > 0 || !person || Array.isArray(read)) return { line, result: null, faults };
    const score = read.raw === null ? null : scaledScore(read.raw, full);
    return { line, result: { memberId: person.memberId, ...read, score }, faults };
  });
}
