import ExcelJS from 'exceljs';
import { workbookFault } from '@xuekao/platform';
import { OrgRefused } from './org.errors.js';
import { importLimit, type Sheet } from './core/index.js';

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue);
  if ('result' in value) return textOf(value.result as ExcelJS.CellValue);
  return '';
}

/**
 * The first sheet of an .xlsx file as text. Refuses what is no workbook, has macros, unpacks too large or holds far more rows
 * than an import may have.
 */
export async function readSheet(file: Buffer): Promise<Sheet> {
  const fault = workbookFault(file);
  if (fault) {
    const { kind, ...facts } = fault;
    throw new OrgRefused(`org.import.${kind}`, facts);
  }
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(file as never);
  } catch {
    throw new OrgRefused('org.import.unreadable');
  }
  const worksheet = workbook.worksheets[0];
  if (!worksheet) throw new OrgRefused('org.import.empty');
  if (worksheet.rowCount > importLimit * 2) {
    throw new OrgRefused('org.import.too-many', { limit: importLimit, found: worksheet.rowCount });
  }
  const rows: string[][] = [];
  for (let number = 1; number <= worksheet.rowCount; number++) {
    const values = worksheet.getRow(number).values as ExcelJS.CellValue[];
    rows.push(Array.from({ length: Math.max(values.length - 1, 0) }, (_, index) => textOf(values[index + 1])));
  }
  return { name: worksheet.name, rows };
}

/** One sheet of text cells: staff numbers keep their zeros, and a text that begins with `=` stays a text. */
export async function writeSheet(sheet: Sheet, widths: readonly number[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const worksheet = workbook.addWorksheet(sheet.name, { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const row of sheet.rows) worksheet.addRow([...row]);
  widths.forEach((width, index) => {
    worksheet.getColumn(index + 1).width = width;
    worksheet.getColumn(index + 1).numFmt = '@';
  });
  worksheet.getRow(1).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
