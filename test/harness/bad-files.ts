import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';

export const megabyte = 1024 * 1024;

export async function xlsxOf(rows: readonly (readonly unknown[])[], sheet = '名册'): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet(sheet).addRows(rows.map((row) => [...row]));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A workbook of one huge part; `claimed` is the size that its directory tells. */
export function bombOf(bytes: number, claimed = bytes): Buffer {
  const parts = [
    { name: 'xl/workbook.xml', data: Buffer.from('<workbook/>'), size: 11 },
    { name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(bytes, ' '), size: claimed },
  ];
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, size } of parts) {
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.byteLength, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    locals.push(local, packed);
    directory.push(entry);
    at += local.byteLength + packed.byteLength;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** Files that no import may open, with the status that answers each. */
export async function badFiles(): Promise<readonly (readonly [what: string, file: Buffer, status: number])[]> {
  const good = await xlsxOf([['工号', '姓名', '成绩']]);
  const macros = Buffer.from(good.toString('latin1').replaceAll('docProps/core.xml', 'xl/vbaProject.xml'), 'latin1');
  const broken = Buffer.from(good);
  broken.fill(0x5a, 60, 200);
  return [
    ['nothing', Buffer.alloc(0), 422],
    ['a text', Buffer.from('工号,姓名,成绩\nA001,张三,90\n'), 422],
    ['a cut file', good.subarray(0, good.byteLength - 30), 422],
    ['a broken file', broken, 422],
    ['macros', macros, 422],
    ['an honest bomb', bombOf(40 * megabyte), 413],
    ['a lying bomb', bombOf(40 * megabyte, 1000), 422],
    ['eleven megabytes', randomBytes(11 * megabyte), 413],
    [
      'no heading',
      await xlsxOf([
        ['甲', '乙'],
        ['1', '2'],
      ]),
      422,
    ],
    ['an empty sheet', await xlsxOf([]), 422],
  ];
}
