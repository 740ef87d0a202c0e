import { onEveryDatabase } from '@xuekao/database/testing';
import { civilDate, newId } from '@xuekao/kernel';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { ExamResultsQuery, ExternalExamService } from '../src/index.js';
import { ExternalResultRow } from '../src/external.entity.js';
import { readResultSheet } from '../src/external.xlsx.js';
import { withPrinterSettings } from '@xuekao/platform/testing';
import { examWorld, general, person, worldEntities } from './exam.world.js';
import type { World } from './exam.world.js';

type Line = readonly (string | number)[];

async function workbook(lines: readonly Line[], heading: Line = ['工号', '姓名', '成绩', '备注']): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('省级考试');
  sheet.addRow(['2017年度全省统一测试成绩']);
  sheet.addRow([...heading]);
  for (const line of lines) sheet.addRow([...line]);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A zip of one stored or deflated entry, with a directory that may lie about its size. */
function zipOf(name: string, data: Buffer, claimed = data.byteLength): Buffer {
  const packed = deflateRawSync(data);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.byteLength, 18);
  local.writeUInt32LE(claimed, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.byteLength, 20);
  entry.writeUInt32LE(claimed, 24);
  entry.writeUInt16LE(name.length, 28);
  const start = 30 + name.length + packed.byteLength;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

describe('a workbook from outside', () => {
  it('is read when it was saved with the settings of a printer', async () => {
    const file = withPrinterSettings(await workbook([['001', '张三', 88, '']]));
    expect(await readResultSheet(file)).toMatchObject({ sheet: '省级考试', lines: [{ staffNumber: '001' }] });
  });

  it('is refused when it is no workbook, has macros, or unpacks too large, whatever its directory says', async () => {
    const zeros = Buffer.alloc(31 * 1024 * 1024);
    expect(await readResultSheet(Buffer.from('工号,姓名,成绩'))).toMatchObject({
      code: 'exam.external.file-unreadable',
    });
    expect(await readResultSheet(zipOf('other.xml', Buffer.from('x')))).toMatchObject({
      code: 'exam.external.file-unreadable',
    });
    expect(await readResultSheet(zipOf('xl/workbook.xml', zeros))).toMatchObject({
      code: 'exam.external.file-too-large',
    });
    expect(await readResultSheet(zipOf('xl/workbook.xml', zeros, 100))).toMatchObject({
      code: 'exam.external.file-unreadable',
    });
    const good = await workbook([['1', '甲', 90]]);
    const macros = Buffer.from(good.toString('latin1').replaceAll('docProps/core.xml', 'xl/vbaProject.xml'), 'latin1');
    expect(await readResultSheet(macros)).toMatchObject({ code: 'exam.external.file-macros' });
    expect(await readResultSheet(good.subarray(0, good.length - 30))).toMatchObject({
      code: 'exam.external.file-unreadable',
    });
  });

  it('says which column of which sheet is missing', async () => {
    expect(await readResultSheet(await workbook([['1', '甲']], ['工号', '姓名']))).toMatchObject({
      code: 'exam.external.column-missing',
      facts: { sheet: '省级考试', column: '成绩' },
    });
    expect(await readResultSheet(await workbook([]))).toMatchObject({ code: 'exam.external.nothing-found' });
  });
});

onEveryDatabase('an external exam', worldEntities, (database) => {
  let world: World;
  let external: ExternalExamService;
  const ids = Array.from({ length: 5 }, () => newId());
  const organiser = <T>(work: () => Promise<T>): Promise<T> => world.as('organiser', work);

  beforeAll(async () => {
    world = await examWorld(database);
    external = world.app.get(ExternalExamService);
    world.rosters.people = ids.map((id, i) => ({
      ...person(id, 'branch-1', i === 4 ? 'bedridden-or-long-ill' : null),
      staffNumber: `10${i}`,
      name: `党员${i}`,
    }));
  });
  afterAll(() => world.app.close());

  const created = (): Promise<string> =>
    organiser(async () => {
      const input = {
        title: '全省理论考试',
        level: 'province' as const,
        heldOn: civilDate('2017-12-08'),
        unitId: general,
      };
      return (await external.create(input)).id;
    });
  const good: Line[] = [
    [100, '党员0', 98.5],
    ['101', '党员1', '79.99'],
    ['102', '党员2', '', '缓考'],
    ['103', '党员3', '', '缺考'],
  ];

  it('shows the faults of a list by cell and imports nothing where one was asked for all or nothing', async () => {
    const id = await created();
    const file = await workbook([...good.slice(0, 3), ['103', '党员八', 120], ['999', '外人', 80]]);
    const { sheet, lines, good: ok, bad } = await organiser(() => external.preview(id, file));
    expect([ok, bad]).toEqual([3, 2]);
    const faults = lines.flatMap((line) =>
      line.faults.map((fault) => `${sheet.sheet}!${sheet.cellOf(fault.column, fault.row)} ${fault.refusal.code}`),
    );
    expect(faults).toEqual([
      '省级考试!B6 exam.external.name-mismatch',
      '省级考试!C6 exam.external.score-out-of-range',
      '省级考试!A7 exam.external.staff-number-unknown',
    ]);
    await expect(organiser(() => external.importResults(id, file, 'all-or-nothing'))).rejects.toMatchObject({
      code: 'exam.external.has-errors',
      facts: { total: 5, bad: 2 },
      errors: faults.map((fault) => expect.objectContaining({ path: fault.split(' ')[0] })),
    });
    expect(await database.uow.manager.countBy(ExternalResultRow, { examId: id, status: 'scored' })).toBe(0);
  });

  it('imports scores exactly, twice alike, and counts 应考 and 实考', async () => {
    const id = await created();
    for (let i = 0; i < 2; i++) {
      const file = await workbook(good);
      expect(await organiser(() => external.importResults(id, file, 'all-or-nothing'))).toEqual({
        imported: 4,
        left: 0,
      });
    }
    const { results } = await organiser(() => external.get(id));
    expect(results.map((row) => [row.name, row.status, row.score])).toEqual([
      ['党员0', 'scored', 9850],
      ['党员1', 'scored', 7999],
      ['党员2', 'deferred', null],
      ['党员3', 'absent', null],
      ['党员4', 'absent', null],
    ]);
    const outcome = (await world.app.get(ExamResultsQuery).ofYear(2017)).find((each) => each.examId === id)!;
    expect(outcome).toMatchObject({ kind: 'external', due: 3, sat: 2, level: 'province', date: '2017-12-08' });
    expect(outcome.members.map((member) => member.exemption)).toEqual([
      null,
      null,
      'exam-deferred',
      null,
      'bedridden-or-long-ill',
    ]);
  });

  it('gives a template that it reads back', async () => {
    const id = await created();
    const { file } = await organiser(() => external.template(id));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file as never);
    const sheet = book.worksheets[0]!;
    expect(sheet.getRow(2).values).toEqual([undefined, '100', '党员0', '', '']);
    for (let row = 2; row <= sheet.rowCount; row++) sheet.getCell(row, 3).value = '88';
    const filled = Buffer.from(await book.xlsx.writeBuffer());
    expect(await organiser(() => external.importResults(id, filled, 'all-or-nothing'))).toMatchObject({ imported: 5 });
  });
});
