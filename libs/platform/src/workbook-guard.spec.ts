import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { strToU8 } from 'fflate';
import { withParts, withPrinterSettings } from './testing/workbook-parts.js';
import { workbookFault } from './workbook-guard.js';

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says, where it lies. */
  readonly claimed?: number;
}

/** A zip file with these parts, its directory as they claim. */
function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claimed } of parts) {
    const data = deflateRawSync(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.byteLength, 20);
    entry.writeUInt32LE(claimed ?? content.byteLength, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    locals.push(local, data);
    directory.push(entry);
    at += local.byteLength + data.byteLength;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

const workbook: Part = { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') };
const zeros: Part = { name: 'xl/sheet1.xml', content: Buffer.alloc(100_000) };

describe('an uploaded workbook', () => {
  it('is opened when it is whole and small enough', () => {
    expect(workbookFault(zipOf([workbook, zeros]))).toBeUndefined();
    expect(workbookFault(zipOf([workbook, zeros]), 100_011)).toBeUndefined();
  });

  it('is unreadable when it is no zip file, is cut off or holds no workbook', () => {
    const whole = zipOf([workbook, zeros]);
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('工号,姓名'),
      whole.subarray(0, -1),
      whole.subarray(40),
      zipOf([zeros]),
    ]) {
      expect(workbookFault(bytes)).toEqual({ kind: 'unreadable' });
    }
  });

  it('is refused with macros', () => {
    for (const name of [
      'xl/vbaProject.bin',
      'xl/macrosheets/sheet1.xml',
      'xl/activeX/activeX1.bin',
      'xl/embeddings/oleObject1.bin',
    ]) {
      expect(workbookFault(zipOf([workbook, { name, content: Buffer.from('x') }]))).toEqual({ kind: 'macros' });
    }
  });

  it('is opened with the settings of a printer or with other data, and not with a project under their name', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('名册').addRow(['工号', '姓名']);
    const whole = Buffer.from(await book.xlsx.writeBuffer());
    const printer = 'xl/printerSettings/printerSettings1.bin';
    expect(workbookFault(withPrinterSettings(whole))).toBeUndefined();
    expect(workbookFault(withParts(whole, { 'customXml/data.bin': strToU8('data') }))).toBeUndefined();
    const project = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    expect(workbookFault(withParts(whole, { [printer]: project }))).toEqual({ kind: 'macros' });
    const types = '<Types><Override PartName="/xl/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>';
    expect(workbookFault(withParts(whole, { '[Content_Types].xml': strToU8(types) }))).toEqual({ kind: 'macros' });
  });

  it('is refused when it unpacks too large, even where its directory says otherwise', () => {
    expect(workbookFault(zipOf([workbook, zeros]), 50_000)).toEqual({
      kind: 'too-large',
      bytes: 100_011,
      limit: 50_000,
    });
    expect(workbookFault(zipOf([workbook, { ...zeros, claimed: 9 }]), 50_000)).toEqual({ kind: 'unreadable' });
  });

  it('is never the end of the process, whatever its bytes are', () => {
    const whole = zipOf([workbook, zeros]);
    const place = fc.nat(whole.byteLength - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        workbookFault(bytes, 200_000);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void workbookFault(bytes)));
  });
});
