import { demoMembers, demoRoles, departments, studyGroupMembers } from './bureau.js';
import { year2017 } from './year-2017.js';

describe('the demo bureau', () => {
  const members = demoMembers();
  it('has 66 members of different names and numbers, 22 in each branch, in ten departments of their branch', () => {
    expect(members).toHaveLength(66);
    expect(new Set(members.map((member) => member.name)).size).toBe(66);
    expect(new Set(members.map((member) => member.staffNumber)).size).toBe(66);
    for (const branch of [0, 1, 2]) expect(members.filter((member) => member.branch === branch)).toHaveLength(22);
    expect(new Set(members.map((member) => member.department)).size).toBe(10);
    expect(members.every((member) => departments[member.department]!.branch === member.branch)).toBe(true);
  });
  it('has a party group of seven and names only members that exist', () => {
    expect(demoRoles.filter(({ unit, role }) => unit === 'partyGroup' && role.startsWith('party-group'))).toHaveLength(
      7,
    );
    expect(demoRoles.every(({ member }) => members[member] !== undefined)).toBe(true);
    expect(new Set(studyGroupMembers).size).toBe(12);
  });
});

describe('the demo year', () => {
  const count = (test: (session: (typeof year2017)[number]) => boolean): number => year2017.filter(test).length;
  it('has the sessions that the 2017 figures count', () => {
    expect(count(({ type }) => type === 'study-group-session')).toBe(12);
    expect(count(({ type }) => type === 'general-branch-session')).toBe(4);
    expect(count(({ owner, type }) => owner.kind === 'branch' && type !== 'oath-renewal')).toBe(33);
    expect(count(({ type }) => type === 'oath-renewal')).toBe(3);
    expect(count(({ type }) => type === 'party-lecture')).toBe(1);
    expect(count(({ studiesPartyBuilding }) => studiesPartyBuilding === true)).toBe(4);
    expect(count(({ type }) => type === 'department-exchange')).toBe(80);
  });
  it('stays in 2017 and asks nobody to be in two places at once', () => {
    expect(year2017.every(({ date }) => date.startsWith('2017-'))).toBe(true);
    const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
    expect(year2017.filter(({ date }) => weekday(date) === 0 || weekday(date) === 6).map(({ date }) => date)).toEqual(
      [],
    );
    for (const session of year2017.filter(({ audience }) => audience === 'everyone')) {
      const clashes = year2017.filter((other) => other !== session && other.date === session.date);
      expect(clashes.filter(({ owner }) => owner.kind !== 'department')).toEqual([]);
    }
  });
});
