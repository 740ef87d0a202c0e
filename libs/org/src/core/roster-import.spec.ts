import { civilDate } from '@xuekao/kernel';
import { readDate, readRoster, type ImportDirectory, type RosterPreview } from './roster-import.js';

const directory: ImportDirectory = {
  partyUnits: new Map([
    ['第一党支部', { id: 'b1', from: civilDate('2012-01-01') }],
    ['支部', null],
  ]),
  departmentUnits: new Map([['办公室', { id: 'd1', from: civilDate('2012-01-01') }]]),
  takenStaffNumbers: new Set(['a001']),
  today: civilDate('2017-06-12'),
};
const header = ['工号*', '姓名', '性别', '人员类别', '党支部', '科室', '入党日期', '转正日期', '手机号', '起始日期'];
const read = (...rows: string[][]) => readRoster({ name: '名册', rows: [header, ...rows] }, directory) as RosterPreview;

describe('reading a roster', () => {
  it('reads a full row, with Chinese dates and full-width digits', () => {
    const row = [
      'Ａ１０２',
      '张三',
      '男',
      '正式党员',
      '第一党支部',
      '办公室',
      '2010年7月1日',
      '2011/7/1',
      '',
      '2017-01-01',
    ];
    expect(read(row)).toEqual({
      faults: [],
      good: [
        {
          row: 2,
          staffNumber: 'A102',
          name: '张三',
          gender: 'male',
          type: 'full',
          partyUnitId: 'b1',
          departmentUnitId: 'd1',
          joinedOn: '2010-07-01',
          fullSince: '2011-07-01',
          phone: null,
          from: '2017-01-01',
        },
      ],
    });
  });

  it('names sheet and cell of every fault, and keeps the good rows', () => {
    const preview = read(
      ['A1', '李四', '', '正式党员', '第一党支部'],
      ['A001', '', '不明', '会员', '第九党支部', '', '昨天', '', '电话', '2018-01-01'],
      ['A1', '王五', '', '群众', '支部'],
      ['', '', ''],
      ['A2', '赵六', '女', '预备党员'],
      ['A3', '孙七', '女', '群众', '', '办公室', '', '', '', '2011-12-31'],
    );
    expect(preview.good.map((member) => member.name)).toEqual(['李四']);
    expect(preview.faults.map((fault) => `${fault.sheet}!${fault.cell}`)).toEqual([
      '名册!A3',
      '名册!D3',
      '名册!C3',
      '名册!E3',
      '名册!G3',
      '名册!J3',
      '名册!I3',
      '名册!B3',
      '名册!A4',
      '名册!E4',
      '名册!B6',
      '名册!F7',
    ]);
    expect(preview.faults[0]!.message).toBe('工号 A001 已在系统中');
  });

  it('refuses a sheet without its columns, an empty one and one that is too long', () => {
    expect(readRoster({ name: '表1', rows: [['姓名']] }, directory)).toMatchObject({
      code: 'org.import.header',
      facts: { sheet: '表1', missing: '工号、人员类别' },
    });
    expect(read()).toMatchObject({ code: 'org.import.empty' });
    const many = Array.from({ length: 5001 }, (_, i) => [`S${i}`, '甲', '', '群众', '', '办公室']);
    expect(read(...many)).toMatchObject({ code: 'org.import.too-many', facts: { found: 5001 } });
  });

  it('reads dates as people write them and no day that does not exist', () => {
    expect(readDate('2017.6.1')).toBe('2017-06-01');
    expect(readDate('２０１７年６月１日')).toBe('2017-06-01');
    expect(readDate('2017-02-30')).toBeUndefined();
    expect(readDate('6月1日')).toBeUndefined();
  });
});
