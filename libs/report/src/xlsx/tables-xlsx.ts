import ExcelJS from 'exceljs';
import type { Cell, Table } from '../core/tables.js';
import { stabilised } from '../zip/stable-zip.js';

export interface WorkbookStamp {
  readonly creator: string;
  /** Written as creation and change date, so that equal input gives equal bytes. */
  readonly at: number;
}

const formulaStart = /^[=+\-@\t\r]/u;

/**
 * Text that a spreadsheet could run as a formula. The cell is a string already, but a copy saved as CSV loses that, so a
 * text beginning with = + - @ gets a full-width space in front.
 */
export function harmless(text: string): string {
  return formulaStart.test(text) ? `　${text}` : text;
}

function valueOf(cell: Cell): string | number {
  return cell.number ?? harmless(cell.text);
}

/** Sheet names have at most 31 characters and none of `[]:*?/\`. */
export function sheetName(title: string): string {
  return title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}

const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };
const bodyFont = { name: '仿宋_GB2312', size: 12 } as const;

function addSheet(book: ExcelJS.Workbook, table: Table): void {
  const sheet = book.addWorksheet(sheetName(table.title), {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    views: [{ state: 'frozen', xSplit: 1, ySplit: 3 }],
  });
  sheet.columns = table.columns.map((column) => ({ width: Math.max(6, column.width * 1.8) }));
  for (const row of [1, 2]) sheet.mergeCells(row, 1, row, table.columns.length);
  Object.assign(sheet.getCell(1, 1), {
    value: harmless(table.title),
    font: { name: '方正小标宋简体', size: 22 },
    alignment: { horizontal: 'center' },
  });
  Object.assign(sheet.getCell(2, 1), { value: harmless(table.note), font: bodyFont });
  addRow(
    sheet,
    table.columns.map((column) => ({ text: column.title })),
    table,
    { name: '黑体', size: 12 },
  );
  for (const row of table.rows) addRow(sheet, row, table, bodyFont);
}

function addRow(sheet: ExcelJS.Worksheet, cells: readonly Cell[], table: Table, font: Partial<ExcelJS.Font>): void {
  const row = sheet.addRow(cells.map(valueOf));
  cells.forEach((source, index) => {
    const cell = row.getCell(index + 1);
    cell.font = font;
    cell.alignment = {
      horizontal: font === bodyFont ? table.columns[index]!.align : 'center',
      vertical: 'middle',
      wrapText: true,
    };
    cell.border = border;
    if (source.number === undefined) cell.numFmt = '@';
  });
}

/** All tables, one sheet each, as XLSX. Ids and rates are text, counts are numbers; no cell is ever a formula. */
export async function renderXlsx(tables: readonly Table[], stamp: WorkbookStamp): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = stamp.creator;
  book.lastModifiedBy = stamp.creator;
  book.created = new Date(stamp.at);
  book.modified = new Date(stamp.at);
  for (const table of tables) addSheet(book, table);
  return stabilised(Buffer.from(await book.xlsx.writeBuffer()), (_name, content) => content);
}
