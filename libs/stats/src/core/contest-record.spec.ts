import { contestDetail } from './contest-record.js';

const unit = (unitId: string, participants: number, roll: number) => ({ unitId, unitName: unitId, participants, roll });

describe('a contest record', () => {
  it('says who took part, of how many units, and of how many of their members', () => {
    const units = [unit('a', 2, 4), unit('b', 1, 1), unit('c', 0, 5)];
    expect(contestDetail({ memberIds: ['1', '2', '3'], units })).toBe('参赛3人，参赛单位3个，参与率30.00%');
  });

  it('says nothing of units where none are known', () => {
    expect(contestDetail({ memberIds: ['1'], units: [] })).toBe('参赛1人');
  });
});
