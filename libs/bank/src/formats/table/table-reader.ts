import type { ImportPlace } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import { faultsOf } from '../question-check.js';
import { typeNamed } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { excerpt } from '../import-row.js';
import type { ImportRow, Reading, RowFault, UnreadPiece } from '../import-row.js';
import { signsIn } from '../pictures/picture-shelf.js';
import { withoutPictures } from '../text/block-parts.js';
import type { BlockParts, ReadOption } from '../text/block-parts.js';
import { foldedLine } from '../text/folding.js';
import { optionMarks } from '../text/marks.js';
import type { Label } from '../text/marks.js';
import { readQuestion } from '../text/question-from-block.js';
import { columnLetter, columnNames, layoutOf } from './columns.js';
import type { TableColumn, TableLayout } from './columns.js';

/** A cell as text; `isFormula` where the file would have computed it. */
export interface TableCell {
  readonly text: string;
  readonly isFormula?: boolean;
}

export interface TableRow {
  /** As the spreadsheet or the file counts, from 1. */
  readonly row: number;
  readonly cells: readonly TableCell[];
}

const labelOfColumn: Readonly<Partial<Record<TableColumn, Label>>> = {
  answer: 'answer',
  explanation: 'explanation',
  source: 'source',
  difficulty: 'difficulty',
  topic: 'topic',
  marks: 'marks',
  code: 'code',
  type: 'type',
  rubric: 'rubric',
};

class TableRowReader {
  readonly faults: RowFault[] = [];

  constructor(
    private readonly sheet: string,
    private readonly row: TableRow,
    private readonly layout: TableLayout,
  ) {}

  private place(at: number): ImportPlace {
    return { kind: 'cell', sheet: this.sheet, row: this.row.row, cell: `${columnLetter(at)}${this.row.row}` };
  }

  private at(index: number): string {
    const cell = this.row.cells[index];
    if (!cell) return '';
    if (cell.isFormula) {
      const cellName = `${columnLetter(index)}${this.row.row}`;
      if (!this.faults.some((fault) => fault.place?.kind === 'cell' && fault.place.cell === cellName)) {
        this.faults.push({ refusal: refuse('bank.import.formula-cell', { cell: cellName }), place: this.place(index) });
      }
      return '';
    }
    return cell.text.replace(/\r\n?/gu, '\n').trim();
  }

  private text(column: TableColumn): string {
    const index = this.layout.columns.get(column);
    return index === undefined ? '' : this.at(index);
  }

  private options(): ReadOption[] {
    const cells = this.layout.options.map((at) => (at < 0 ? '' : this.at(at)));
    while (cells.at(-1) === '') cells.pop();
    if (cells.length > 0) return cells.map((text, index) => ({ index, lines: [unmarked(text, index)] }));
    const whole = this.text('options');
    return whole === '' ? [] : splitOptions(whole).map((text, index) => ({ index, lines: [text] }));
  }

  /** Pictures in cells that are read for nothing else, such as a column of pictures. */
  private looseSigns(): string {
    const used = new Set([...this.layout.columns.values(), ...this.layout.options]);
    return this.row.cells.map((cell, at) => (used.has(at) ? '' : signsIn(cell.text))).join('');
  }

  private draft(): Pick<ImportRow, 'draft' | 'guesses'> & { isWhole: boolean; refusals: readonly RowFault[] } {
    const labelled = new Map<Label, string>();
    for (const [column, label] of Object.entries(labelOfColumn)) labelled.set(label, this.text(column as TableColumn));
    const type = typeNamed(this.text('type')) ?? null;
    const parts: BlockParts = {
      stem: [this.text('stem')],
      options: this.options(),
      labelled,
      type,
      marks: null,
      doubled: null,
      pictures: { stem: this.looseSigns(), lost: '' },
    };
    if (type === 'matching') takePairs(parts, labelled);
    if (type === 'ordering' && this.text('answer') === '')
      labelled.set('answer', 'ABCDEFGHIJ'.slice(0, parts.options.length));
    const material = this.text('material');
    const title = this.text('materialTitle') || [...material.split('\n')[0]!].slice(0, 30).join('');
    const reading = readQuestion(withoutPictures(parts), {
      named: null,
      marks: null,
      material: material === '' ? null : { title, text: material },
      listed: null,
      before: '',
    });
    return {
      draft: reading.draft,
      isWhole: reading.isWhole,
      guesses: reading.guesses,
      refusals: reading.refusals.map((refusal) => ({ refusal })),
    };
  }

  read(): ImportRow {
    const { draft, isWhole, guesses, refusals } = this.draft();
    const stemAt = this.layout.columns.get('stem') ?? 0;
    const place = this.place(stemAt);
    const all = [...this.faults, ...refusals, ...(draft && isWhole ? faultsOf(draft) : [])];
    return {
      place,
      label: this.text('code') || String(this.row.row),
      draft,
      faults: all.map((fault) => ({ place: placeOfFault(fault, this.layout, this.row.row, this.sheet), ...fault })),
      guesses,
      raw: excerpt(
        this.row.cells
          .map((cell) => cell.text)
          .filter((text) => text !== '')
          .join(' | '),
      ),
    };
  }
}

const columnOfCode: readonly (readonly [RegExp, TableColumn])[] = [
  [/key-|blank-/u, 'answer'],
  [/source/u, 'source'],
  [/code-/u, 'code'],
  [/type-/u, 'type'],
  [/difficulty/u, 'difficulty'],
];

function placeOfFault(fault: RowFault, layout: TableLayout, row: number, sheet: string): ImportPlace {
  const column = columnOfCode.find(([pattern]) => pattern.test(fault.refusal.code))?.[1] ?? 'stem';
  const isOption = fault.refusal.code.includes('option') && layout.options.length > 0;
  const at = isOption
    ? Math.max(0, layout.options[0]!)
    : (layout.columns.get(column) ?? layout.columns.get('stem') ?? 0);
  return { kind: 'cell', sheet, row, cell: `${columnLetter(at)}${row}` };
}

/** `A. 甲` in column A is 甲. */
function unmarked(text: string, index: number): string {
  const [mark] = optionMarks(foldedLine(text), index, false);
  const isStrong = mark && mark.index === index && /[.、,:)]\s*$/u.test(foldedLine(text).slice(0, mark.end));
  return isStrong ? text.slice(mark.end).trim() : text;
}

/** Options in one cell: `A.甲 B.乙`, one a line, or parted by | or ;. */
function splitOptions(text: string): string[] {
  const flat = text.replace(/\n/gu, ' ');
  const marks = optionMarks(foldedLine(flat), 0, false);
  if (marks.length > 1) return marks.map((mark, at) => flat.slice(mark.end, marks[at + 1]?.at).trim());
  for (const separator of [/\n/u, /[|｜]/u, /[;；]/u]) {
    const parts = text.split(separator).map((part) => part.trim());
    if (parts.length > 1) return parts.filter((part) => part !== '');
  }
  return [text];
}

/** Pairs stand in the option columns as `左 ⇔ 右`; without a left it is a spare right. */
function takePairs(parts: BlockParts, labelled: Map<Label, string>): void {
  const cells = parts.options.map((option) => option.lines.join(' '));
  const spare = cells.filter((cell) => /^\s*⇔/u.test(cell)).map((cell) => cell.replace(/^\s*⇔\s*/u, ''));
  const pairs = cells.filter((cell) => !/^\s*⇔/u.test(cell));
  if (pairs.length > 0) labelled.set('answer', pairs.join('\n'));
  if (spare.length > 0) labelled.set('spare', spare.join('\n'));
}

const isEmpty = (row: TableRow): boolean => row.cells.every((cell) => cell.text.trim() === '' && !cell.isFormula);
/** How many rows may stand above the header: titles and hints. */
const mostHeadRows = 10;

/** A table with its header within the first rows; undefined where there is none. */
export function readTable(sheet: string, rows: readonly TableRow[]): Reading | undefined {
  const filled = rows.filter((row) => !isEmpty(row));
  const head = filled.slice(0, mostHeadRows).findIndex((row) => layoutOf(row.cells.map((cell) => cell.text)));
  if (head < 0) return undefined;
  const layout = layoutOf(filled[head]!.cells.map((cell) => cell.text))!;
  const unread: UnreadPiece[] = filled.slice(0, head).map((row) => ({
    place: { kind: 'cell', sheet, row: row.row },
    text: excerpt(row.cells.map((cell) => cell.text).join(' '), 200),
  }));
  return { rows: filled.slice(head + 1).map((row) => new TableRowReader(sheet, row, layout).read()), unread };
}

/** The columns that a table must have, for the refusal of one without them. */
export const neededColumns = `${columnNames.stem[0]}、${columnNames.answer[0]}`;

export type { FileQuestion };
