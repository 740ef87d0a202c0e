import { parse } from 'csv-parse/sync';
import { refuse } from '@xuekao/kernel';
import type { FileQuestion } from '../file-question.js';
import { decodedText } from '../file-guard.js';
import type { Reading } from '../import-row.js';
import { FileRefused } from '../reader-refusal.js';
import { neededColumns, readTable } from './table-reader.js';
import type { TableCell, TableRow } from './table-reader.js';
import { mostOptions, tableCells, tableTitles } from './table-writer.js';

const sheet = 'CSV';

/** The sign that parts the most columns of the header line. */
function delimiterOf(text: string): string {
  const head =
    text
      .slice(0, 4000)
      .split(/\r?\n/u)
      .find((line) => /题干|题目|试题|问题|答案/u.test(line)) ?? '';
  const counted = [',', '\t', ';', '|', '，'].map((sign) => [sign, head.split(sign).length] as const);
  return counted.toSorted((a, b) => b[1] - a[1])[0]![0];
}

/** What a spreadsheet program would compute. A lone figure such as -1 or +5 is none. */
function isFormula(text: string): boolean {
  return (
    /^\s*[=@]\s*\S/u.test(text) ||
    /^\s*[+-](?![\d.,\s%年月日个人次万亿]*$)\S*[(!|]/u.test(text) ||
    /^[\t\r]/u.test(text)
  );
}

/** Our own guard, taken off again. */
function cellOf(text: string): TableCell {
  if (/^'[=+\-@\t\r]/u.test(text)) return { text: text.slice(1) };
  return isFormula(text) ? { text, isFormula: true } : { text };
}

export function readCsv(bytes: Uint8Array): Reading {
  const text = decodedText(bytes).replace(/^\uFEFF/u, '');
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: 200_000,
    }) as unknown as typeof records;
  } catch (error) {
    const line = (error as { lines?: number }).lines ?? 1;
    throw new FileRefused(
      refuse('bank.import.xml-malformed', { path: sheet, line, message: String((error as Error).message) }),
    );
  }
  const rows: TableRow[] = records.map(({ record, info }) => ({ row: info.lines, cells: record.map(cellOf) }));
  const reading = readTable(sheet, rows);
  if (!reading) throw new FileRefused(refuse('bank.import.column-missing', { sheet, column: neededColumns }));
  return reading;
}

/** Text that a spreadsheet program would take for a formula begins with an apostrophe. Source: OWASP, CSV injection. */
export function guarded(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) || /^'[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
}

function field(text: string): string {
  const safe = guarded(text);
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replace(/"/gu, '""')}"` : safe;
}

/** UTF-8 with a mark, so that Excel reads Chinese. */
export function writeCsv(drafts: readonly FileQuestion[]): Buffer {
  const options = mostOptions(drafts);
  const rows = [tableTitles(options), ...drafts.map((draft) => tableCells(draft, options))];
  return Buffer.from(`\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`);
}
