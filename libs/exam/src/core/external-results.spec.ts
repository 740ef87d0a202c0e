import { marks } from '@xuekao/kernel';
import { readResults } from './external-results.js';
import type { ResultLine } from './external-results.js';

const people = [
  { memberId: 'm1', staffNumber: '1001', name: '张三' },
  { memberId: 'm2', staffNumber: 'A002', name: '李四' },
];
const line = (row: number, staffNumber: string, name: string, score: string, note = ''): ResultLine => ({
  row,
  staffNumber,
  name,
  score,
  note,
});
const faultsOf = (...lines: ResultLine[]): unknown[] =>
  readResults(lines, people, marks(100)).flatMap((read) =>
    read.faults.map((fault) => [fault.row, fault.column, fault.refusal.code]),
  );

describe('an imported result list', () => {
  it('reads scores and notes, whatever the width of figures', () => {
    const read = readResults(
      [line(2, '１００１', '张三', '９８．５'), line(3, 'a002', ' 李四 ', '', '缓考')],
      people,
      marks(100),
    );
    expect(read.map((each) => each.result)).toEqual([
      { memberId: 'm1', status: 'scored', raw: 9850, score: 9850 },
      { memberId: 'm2', status: 'deferred', raw: null, score: null },
    ]);
  });

  it('scales scores of other full marks and never rounds up', () => {
    const [read] = readResults([line(2, '1001', '张三', '119.99')], people, marks(150));
    expect(read!.result).toMatchObject({ raw: 11_999, score: 7999 });
  });

  it('names row and column of every fault', () => {
    expect(
      faultsOf(
        line(2, '', '张三', '90'),
        line(3, '9999', '王五', '90'),
        line(4, '1001', '张四', '一百'),
        line(5, '1001', '张三', '80'),
        line(6, 'A002', '李四', '101'),
      ),
    ).toEqual([
      [2, 'staffNumber', 'exam.external.staff-number-missing'],
      [3, 'staffNumber', 'exam.external.staff-number-unknown'],
      [4, 'name', 'exam.external.name-mismatch'],
      [4, 'score', 'exam.external.score-unreadable'],
      [5, 'staffNumber', 'exam.external.repeated'],
      [6, 'score', 'exam.external.score-out-of-range'],
    ]);
    expect(faultsOf(line(2, '1001', '张三', ''), line(3, 'A002', '李四', '80', '缺考'))).toEqual([
      [2, 'score', 'exam.external.score-missing'],
      [3, 'note', 'exam.external.note-with-score'],
    ]);
    expect(faultsOf(line(2, '1001', '张三', '', '请假'), line(3, 'A002', '李四', '80.555'))).toEqual([
      [2, 'note', 'exam.external.note-unknown'],
      [3, 'score', 'exam.external.score-unreadable'],
    ]);
  });
});
