import ExcelJS from 'exceljs';
import { aLedgerRow, bureauTables } from '../testing/index.js';
import { ledgerTable } from '../core/tables.js';
import { harmless, renderXlsx, sheetName } from './tables-xlsx.js';

const stamp = { creator: '学考', at: Date.UTC(2017, 11, 20, 1) };
const open = async (buffer: Buffer): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(buffer as unknown as ArrayBuffer);
  return book;
};

describe('the tables as XLSX', () => {
  it('stand on a sheet each, counts as numbers and rates as text', async () => {
    const book = await open(await renderXlsx(bureauTables(), stamp));
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
      '学习教育情况统计表',
      '考试成绩统计表',
      '三会一课台账',
      '三会一课月度对照表',
    ]);
    const exams = book.worksheets[1]!;
    expect(exams.getRow(3).getCell(4).value).toBe('应考');
    expect(exams.getRow(4).getCell(4).value).toBe(66);
    expect(exams.getRow(4).getCell(13).value).toBe('98.48%');
    expect(exams.getRow(2).getCell(1).value).toContain('数据截止');
  });

  it('never write a formula that people typed', async () => {
    const evil = '=HYPERLINK("http://x","y")';
    const book = await open(await renderXlsx([ledgerTable([aLedgerRow({ title: evil, host: '@张三' })], '')], stamp));
    const row = book.worksheets[0]!.getRow(4);
    expect(row.getCell(5).value).toBe(`　${evil}`);
    expect(row.getCell(6).value).toBe('　@张三');
    expect(['+1', '-1', '@a', '=a', '学习'].map(harmless)).toEqual(['　+1', '　-1', '　@a', '　=a', '学习']);
  });

  it('are the same bytes for the same input', async () => {
    const first = await renderXlsx(bureauTables(), stamp);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await renderXlsx(bureauTables(), stamp)).equals(first)).toBe(true);
  });

  it('name sheets as spreadsheets allow', () => expect(sheetName('a/b:c'.repeat(9))).toHaveLength(31));
});
