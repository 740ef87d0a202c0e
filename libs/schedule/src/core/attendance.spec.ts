import { formatRate } from '@xuekao/kernel';
import { aPerson, aPublished, at, people } from '../../test/builders.js';
import type { SessionEvent } from './commands.js';
import { attendanceCounts, attendanceRate, coverageRate, isPossibleVote, votingCounts } from './attendance.js';
import { evolveAll } from './evolve.js';
import { freezeRoster } from './roster.js';

/** 20 full, 2 probationary, 1 bedridden retired, 1 in transit (still listed by the old branch), 4 activists. domain.md §2.4. */
const branch = [
  ...people('full', 20),
  ...people('prob', 2, 'probationary'),
  aPerson('retired', 'retired-full', 'bedridden-or-long-ill'),
  aPerson('transit'),
  ...people('activist', 4, 'activist'),
];
const present = (memberId: string): SessionEvent => ({
  type: 'MemberPresent',
  memberId,
  source: 'code',
  at: at('09:00'),
});
const meeting = evolveAll(aPublished(branch), [
  ...people('full', 19).map((person) => present(person.memberId)),
  present('prob01'),
  present('prob02'),
  ...people('activist', 4).map((person) => present(person.memberId)),
  { type: 'MemberOnLeave', memberId: 'full20', reason: 'duty', note: null, at: at('10:00') },
  { type: 'MemberAbsent', memberId: 'transit', reason: 'without-leave', note: null, at: at('10:00') },
]);

describe('the roster', () => {
  it('lists each person once with the reason when he does not count', () => {
    const roster = freezeRoster([...branch, ...branch]);
    expect(roster).toHaveLength(28);
    expect(roster.find((entry) => entry.memberId === 'retired')).toMatchObject({
      group: 'exempt',
      exemption: 'bedridden-or-long-ill',
      votes: false,
    });
  });
  it('takes a suspended member out by name, not silently', () => {
    expect(freezeRoster([aPerson('x', 'suspended')])[0]).toMatchObject({
      group: 'exempt',
      exemption: 'suspended-or-detained',
    });
  });
});

describe('attendance counts of the worked example', () => {
  it('counts 21 of 23, the member in transit included and the four guests apart', () => {
    const counts = attendanceCounts(meeting.attendance);
    expect(counts).toEqual({
      due: 23,
      present: 21,
      leave: 1,
      absent: 1,
      madeUp: 0,
      guests: 4,
      exempt: 1,
      exemptPresent: 0,
    });
    expect(formatRate(attendanceRate(counts))).toBe('91.30%');
  });
  it('raises coverage but not attendance when one makes up', () => {
    const later = evolveAll(meeting, [{ type: 'StudyMadeUp', memberId: 'full20', note: '自学讲稿', at: at('16:00') }]);
    const counts = attendanceCounts(later.attendance);
    expect(formatRate(attendanceRate(counts))).toBe('91.30%');
    expect(coverageRate(counts)).toEqual({ numerator: 22, denominator: 23 });
    expect(formatRate(coverageRate(counts))).toBe('95.65%');
  });
  it('counts the votes without the probationary members', () => {
    expect(votingCounts(meeting.attendance)).toEqual({ entitled: 21, present: 19, hasQuorum: true, needed: 11 });
  });
  it('keeps a member whose leave was declined among the absent', () => {
    const declined = evolveAll(aPublished(people('full', 2)), [
      { type: 'LeaveRequested', memberId: 'full01', reason: 'other', note: '家事' },
      { type: 'LeaveDeclined', memberId: 'full01' },
      present('full02'),
    ]);
    expect(attendanceCounts(declined.attendance)).toMatchObject({ due: 2, present: 1, leave: 0, absent: 1 });
  });
  it('counts a named guest who is on the roster once', () => {
    expect(attendanceCounts(meeting.attendance, [{ memberId: 'activist01' }, { memberId: null }]).guests).toBe(5);
  });
  it('knows an impossible vote', () => {
    expect(isPossibleVote({ entitled: 21, inFavour: 18, against: 1, abstained: 0 })).toBe(true);
    expect(isPossibleVote({ entitled: 21, inFavour: 21, against: 1, abstained: 0 })).toBe(false);
  });
});
