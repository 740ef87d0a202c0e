import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import ExcelJS from 'exceljs';
import { workbookFault } from '@xuekao/platform';
import type { ResultColumn, ResultLine } from './core/index.js';

export const rowLimit = 5000;
const headingRows = 10;

const headings: Readonly<Record<ResultColumn, string>> = {
  staffNumber: '工号',
  name: '姓名',
  score: '成绩',
  note: '备注',
};
const columnOrder = ['staffNumber', 'name', 'score', 'note'] as const satisfies readonly ResultColumn[];

export interface ResultSheet {
  readonly sheet: string;
  readonly lines: readonly ResultLine[];
  /** `C5` for a column and row, as the sheet names it. */
  cellOf(column: ResultColumn, row: number): string;
}

function refusalOf(bytes: Uint8Array): Refusal | undefined {
  const fault = workbookFault(bytes);
  if (!fault) return undefined;
  const { kind, ...facts } = fault;
  return refuse(`exam.external.file-${kind}`, facts);
}

function textOf(cell: ExcelJS.Cell): string {
  const value = cell.type === ExcelJS.ValueType.Formula ? cell.result : cell.value;
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)));
  return value === null || value === undefined ? '' : cell.text.trim();
}

function headingIn(sheet: ExcelJS.Worksheet): { row: number; columns: Map<ResultColumn, number> } {
  let best = { row: 1, columns: new Map<ResultColumn, number>() };
  for (let row = 1; row <= Math.min(headingRows, sheet.rowCount); row++) {
    const columns = new Map<ResultColumn, number>();
    sheet.getRow(row).eachCell((cell, column) => {
      const text = cell.text.replace(/\s+/gu, '');
      const known = columnOrder.find((each) => headings[each] === text);
      if (known && !columns.has(known)) columns.set(known, column);
    });
    if (columns.size > best.columns.size) best = { row, columns };
  }
  return best;
}

/** The first sheet of a workbook with the columns 工号, 姓名, 成绩 and, if wanted, 备注. Macros and bombs are refused unopened. */
export async function readResultSheet(bytes: Uint8Array): Promise<ResultSheet | Refusal> {
  const refusal = refusalOf(bytes);
  if (refusal) return refusal;
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as never);
  } catch {
    return refuse('exam.external.file-unreadable');
  }
  const sheet = workbook.worksheets[0];
  if (!sheet) return refuse('exam.external.file-unreadable');
  const { row: headingRow, columns } = headingIn(sheet);
  for (const column of ['staffNumber', 'name', 'score'] as const) {
    if (!columns.has(column)) {
      return refuse('exam.external.column-missing', { sheet: sheet.name, column: headings[column] });
    }
  }
  const found = sheet.rowCount - headingRow;
  if (found > rowLimit) return refuse('exam.external.rows-too-many', { limit: rowLimit, found });
  const lines: ResultLine[] = [];
  for (let row = headingRow + 1; row <= sheet.rowCount; row++) {
    const read = (column: ResultColumn): string => {
      const at = columns.get(column);
      return at === undefined ? '' : textOf(sheet.getCell(row, at));
    };
    const line = {
      row,
      staffNumber: read('staffNumber'),
      name: read('name'),
      score: read('score'),
      note: read('note'),
    };
    if (line.staffNumber || line.name || line.score || line.note) lines.push(line);
  }
  if (lines.length === 0) return refuse('exam.external.nothing-found', { sheet: sheet.name });
  return { sheet: sheet.name, lines, cellOf: (column, row) => sheet.getCell(row, columns.get(column) ?? 1).address };
}

export interface TableColumn {
  readonly heading: string;
  readonly width: number;
}

/** A plain workbook whose cells are all text, so that numbers of people keep every digit; nothing in it is a formula. */
export async function textWorkbook(
  sheetName: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ heading, width }) => ({ header: heading, width, style: { numFmt: '@' } }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The list to fill in: the people of the roster with empty scores. */
export function resultTemplate(people: readonly { staffNumber: string; name: string }[]): Promise<Buffer> {
  const columns = columnOrder.map((column) => ({
    heading: headings[column],
    width: column === 'staffNumber' ? 16 : 12,
  }));
  return textWorkbook(
    '成绩',
    columns,
    people.map((person) => [person.staffNumber, person.name, '', '']),
  );
}
