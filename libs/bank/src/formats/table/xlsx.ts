import ExcelJS from 'exceljs';
import { refuse } from '@xuekao/kernel';
import { questionTypes } from '@xuekao/contracts';
import type { FileQuestion } from '../file-question.js';
import { filesOfZip } from '../file-guard.js';
import type { ImportRow, Reading, UnreadPiece } from '../import-row.js';
import { FileRefused } from '../reader-refusal.js';
import type { PictureShelf } from '../pictures/picture-shelf.js';
import { columnLetter } from './columns.js';
import { sheetPictures, withSigns } from './sheet-pictures.js';
import { neededColumns, readTable } from './table-reader.js';
import type { TableCell, TableRow } from './table-reader.js';
import { mostOptions, tableCells, tableTitles } from './table-writer.js';
import { exampleDrafts } from './template-examples.js';

/** Far more rows than an import may have are not worth reading. */
const mostSheetRows = 20_000;
const mostColumns = 60;
const typeNames = Object.values(questionTypes).map(({ name }) => name);

function cellOf(value: ExcelJS.CellValue): TableCell {
  if (value === null || value === undefined) return { text: '' };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10) };
  if (typeof value === 'boolean') return { text: value ? '正确' : '错误' };
  if (typeof value !== 'object') return { text: String(value) };
  if ('richText' in value) return { text: value.richText.map((part) => part.text).join('') };
  if ('formula' in value || 'sharedFormula' in value) return { text: '', isFormula: true };
  if ('text' in value) return cellOf(value.text as ExcelJS.CellValue);
  return { text: '' };
}

function rowsOf(worksheet: ExcelJS.Worksheet, signs: ReadonlyMap<string, string>): TableRow[] {
  const rows: TableRow[] = [];
  worksheet.eachRow({ includeEmpty: false }, (row, number) => {
    const values = row.values as ExcelJS.CellValue[];
    const cells = Array.from(values.slice(1, mostColumns + 1), (value) => cellOf(value));
    rows.push({ row: number, cells: withSigns(cells, number, signs) });
  });
  return rows;
}

/** Every sheet with a header of questions. Sheets without one, such as instructions, are left alone where another has one. */
export async function readXlsx(bytes: Uint8Array, shelf: PictureShelf): Promise<Reading> {
  const files = filesOfZip(bytes);
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as never, {
      ignoreNodes: ['dataValidations', 'conditionalFormatting', 'hyperlinks'],
    });
  } catch {
    throw new FileRefused(refuse('bank.import.file-unreadable', { format: ' Excel ' }));
  }
  const rows: ImportRow[] = [];
  const unread: UnreadPiece[] = [];
  let found = false;
  for (const worksheet of workbook.worksheets) {
    if (worksheet.rowCount > mostSheetRows) {
      throw new FileRefused(refuse('bank.import.too-large', { limit: 5000, found: worksheet.rowCount }));
    }
    if (/示例|说明|样例/u.test(worksheet.name)) continue;
    const reading =
      worksheet.state === 'visible'
        ? readTable(worksheet.name, rowsOf(worksheet, sheetPictures(workbook, worksheet, files, shelf)))
        : undefined;
    if (!reading) continue;
    found = true;
    rows.push(...reading.rows);
    unread.push(...reading.unread);
  }
  if (!found) {
    const sheet = workbook.worksheets[0]?.name ?? '';
    throw new FileRefused(refuse('bank.import.column-missing', { sheet, column: neededColumns }));
  }
  return { rows, unread };
}

const widths: Readonly<Record<string, number>> = { 题干: 50, 解析: 40, 材料: 40, 出处: 20, 答案: 16 };

function questionSheet(workbook: ExcelJS.Workbook, drafts: readonly FileQuestion[]): ExcelJS.Worksheet {
  const options = mostOptions(drafts);
  const titles = tableTitles(options);
  const sheet = workbook.addWorksheet('试题', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = titles.map((header) => ({
    header,
    width: widths[header] ?? (header.startsWith('选项') ? 20 : 10),
    // Text, so that a code of digits keeps them all and nothing becomes a formula.
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  }));
  sheet.getRow(1).font = { bold: true };
  for (const draft of drafts) sheet.addRow(tableCells(draft, options));
  return sheet;
}

export async function writeXlsx(drafts: readonly FileQuestion[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  questionSheet(workbook, drafts);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const hints: readonly (readonly [string, string])[] = [
  ['题型', `必填，从下拉列表选择：${typeNames.join('、')}。`],
  ['题干', '必填。填空题用四条下划线 ____ 表示一个空。'],
  ['选项A、选项B……', '单选、多选、排序每格一个选项；排序题按正确次序填写；连线题每格写“左 ⇔ 右”。'],
  ['答案', '单选 A；多选 ABD；判断 正确/错误；填空各空用；分开，同一空的几种写法用 | 分开；简答写参考答案。'],
  ['难度', '易、中、难；不填则用导入时所选。'],
  ['题号', '可不填。填写则须与题库已有题号不同，只用字母、数字、点和横线。'],
  ['其他', '列的次序可以变动，也可以删去不用的列；请勿使用公式；一次最多 5000 行。'],
];

/** The empty template with lists to choose from, and a sheet of hints with examples. */
export async function xlsxTemplate(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = questionSheet(workbook, []);
  const titles = tableTitles(4);
  const lists: Readonly<Record<string, readonly string[]>> = {
    题型: typeNames,
    难度: ['易', '中', '难'],
  };
  for (const [title, values] of Object.entries(lists)) {
    const column = columnLetter(titles.indexOf(title));
    const validations = (sheet as unknown as { dataValidations: { add(range: string, rule: object): void } })
      .dataValidations;
    validations.add(`${column}2:${column}5001`, {
      type: 'list',
      allowBlank: true,
      formulae: [`"${values.join(',')}"`],
      showErrorMessage: true,
      errorTitle: title,
      error: `请从列表中选择：${values.join('、')}`,
    });
  }
  const help = workbook.addWorksheet('填写说明');
  help.columns = [{ width: 22 }, { width: 100 }];
  for (const line of hints) help.addRow([...line]);
  const examples = workbook.addWorksheet('填写示例');
  const options = mostOptions(exampleDrafts);
  for (const row of [tableTitles(options), ...exampleDrafts.map((draft) => tableCells(draft, options))])
    examples.addRow(row);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
