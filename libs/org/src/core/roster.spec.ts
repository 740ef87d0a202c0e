import { civilDate, formatRate, rate } from '@xuekao/kernel';
import { aMembership, aUnit, peopleIn } from '../testing/index.js';
import { rosterOn, type RosterQuestion, type RosterSource } from './roster.js';

const branch = aUnit({ id: 'branch', kind: 'branch' });
const june12 = civilDate('2017-06-12');
const ask = (over: Partial<RosterQuestion> = {}): RosterQuestion => ({
  unitIds: [branch.id],
  date: june12,
  purpose: 'session',
  reach: 'subtree',
  ...over,
});

/** domain.md §2.4: 20 full, 2 probationary, 1 retired and bedridden (approved), 1 on the way out, 4 guests. */
function workedExample(): RosterSource {
  const groups = [
    peopleIn(branch.id, 20, 'full'),
    peopleIn(branch.id, 2, 'probationary'),
    peopleIn(branch.id, 1, 'retired-full'),
    peopleIn(branch.id, 4, 'activist'),
  ];
  const leaving = { id: 'leaving', name: '转出未接收', staffNumber: 'L1' };
  const from = civilDate('2017-01-01');
  return {
    units: [branch],
    members: [...groups.flatMap((group) => group.members), leaving],
    memberships: [
      ...groups.flatMap((group) => group.memberships),
      aMembership({ memberId: leaving.id, unitId: branch.id }),
    ],
    transfers: [{ memberId: leaving.id, tree: 'party', startedOn: civilDate('2017-06-01'), endedOn: null }],
    exemptions: [
      { memberId: groups[2]!.members[0]!.id, unitId: branch.id, reason: 'bedridden-or-long-ill', from, to: null },
    ],
  };
}

describe('the roster of a branch', () => {
  it('has 24 on roll, 23 due and 21 votes in the worked example', () => {
    const roster = rosterOn(workedExample(), ask());
    const onRoll = roster.filter((entry) => entry.due || entry.exemption !== null);
    const due = roster.filter((entry) => entry.due);
    expect(onRoll).toHaveLength(24);
    expect(due).toHaveLength(23);
    expect(roster.filter((entry) => entry.votes)).toHaveLength(21);
    expect(roster.filter((entry) => entry.membershipType === 'activist').every((entry) => !entry.due)).toBe(true);
    expect(formatRate(rate(21, due.length))).toBe('91.30%');
    expect(formatRate(rate(22, due.length))).toBe('95.65%');
  });

  it('marks the person on the way out and still counts him here', () => {
    const leaving = rosterOn(workedExample(), ask()).find((entry) => entry.memberId === 'leaving')!;
    expect(leaving).toMatchObject({ inTransit: true, due: true, votes: true, partyUnitId: 'branch' });
  });

  it('frees from an exam, not from a meeting, by 缓考', () => {
    const { members, memberships } = peopleIn(branch.id, 1, 'full');
    const source: RosterSource = {
      units: [branch],
      members,
      memberships,
      transfers: [],
      exemptions: [
        {
          memberId: members[0]!.id,
          unitId: branch.id,
          reason: 'exam-deferred',
          from: june12,
          to: civilDate('2017-06-13'),
        },
      ],
    };
    expect(rosterOn(source, ask())[0]).toMatchObject({ due: true, exemption: null });
    expect(rosterOn(source, ask({ purpose: 'exam' }))[0]).toMatchObject({ due: false, exemption: 'exam-deferred' });
    expect(rosterOn(source, ask({ purpose: 'exam', date: civilDate('2017-06-13') }))[0]).toMatchObject({ due: true });
  });

  it('lists a person once who stands in a branch, a small group and a department that are all asked for', () => {
    const group = aUnit({ id: 'group', kind: 'party-small-group', parentId: branch.id });
    const office = aUnit({ id: 'office', kind: 'department', tree: 'department' });
    const { members, memberships } = peopleIn(branch.id, 1, 'full');
    const memberId = members[0]!.id;
    const source: RosterSource = {
      units: [branch, group, office],
      members,
      memberships: [
        ...memberships,
        aMembership({ memberId, unitId: group.id, standing: 'additional', type: null }),
        aMembership({ memberId, unitId: office.id, tree: 'department', type: null }),
      ],
      transfers: [],
      exemptions: [],
    };
    const roster = rosterOn(source, ask({ unitIds: [branch.id, group.id, office.id] }));
    expect(roster).toHaveLength(1);
    expect(roster[0]).toMatchObject({ partyUnitId: 'branch', departmentUnitId: 'office', membershipType: 'full' });
    expect(rosterOn(source, ask({ unitIds: [office.id] }))).toHaveLength(1);
  });

  it('asks a unit alone, without what is below, for a meeting of the 党组', () => {
    const top = aUnit({ id: 'top', kind: 'party-group' });
    const below = { ...branch, parentId: 'top' };
    const { members, memberships } = peopleIn(branch.id, 3, 'full');
    const seat = aMembership({ memberId: members[0]!.id, unitId: 'top', standing: 'additional', type: null });
    const source = { units: [top, below], members, memberships: [...memberships, seat], transfers: [], exemptions: [] };
    expect(rosterOn(source, ask({ unitIds: ['top'], reach: 'unit' }))).toHaveLength(1);
    expect(rosterOn(source, ask({ unitIds: ['top'] }))).toHaveLength(3);
  });

  it('ends an exemption of the old branch when the person moves to another', () => {
    const other = aUnit({ id: 'other' });
    const source: RosterSource = {
      units: [branch, other],
      members: [{ id: 'm', name: '甲', staffNumber: '1' }],
      memberships: [aMembership({ memberId: 'm', unitId: 'other' })],
      transfers: [],
      exemptions: [{ memberId: 'm', unitId: 'branch', reason: 'abroad-half-year', from: june12, to: null }],
    };
    expect(rosterOn(source, ask({ unitIds: ['other'] }))[0]).toMatchObject({ due: true, exemption: null });
  });
});
