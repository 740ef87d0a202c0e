import type { SessionType } from '@xuekao/contracts';
import { addDays, civilDate, type CivilDate } from '@xuekao/kernel';
import type {
  AttendanceFact,
  HoursFact,
  ItemFact,
  MembershipFact,
  ResultFact,
  SessionFact,
  UnitFact,
  YearFacts,
} from '../core/facts.js';

const day = civilDate;

export const bureauUnits: readonly UnitFact[] = [
  { id: 'group', name: '局党组', tree: 'party', kind: 'party-group', parentId: null },
  { id: 'study', name: '党组中心组', tree: 'party', kind: 'study-group', parentId: 'group' },
  { id: 'general', name: '机关党总支', tree: 'party', kind: 'general-branch', parentId: 'group' },
  ...['一', '二', '三'].map((name, index): UnitFact => ({
    id: `branch-${index + 1}`,
    name: `第${name}党支部`,
    tree: 'party',
    kind: 'branch',
    parentId: 'general',
  })),
  { id: 'bureau', name: '示例市应急管理局', tree: 'department', kind: 'bureau', parentId: null },
  ...Array.from({ length: 10 }, (_, index): UnitFact => ({
    id: `dept-${index + 1}`,
    name: `第${index + 1}科`,
    tree: 'department',
    kind: 'department',
    parentId: 'bureau',
  })),
];

/** 66 members, 22 in each branch, spread over ten departments; the last two of each branch are on probation. */
export const bureauMembers: readonly (MembershipFact & { readonly departmentId: string })[] = Array.from(
  { length: 66 },
  (_, index) => ({
    memberId: `member-${index + 1}`,
    name: `党员${index + 1}`,
    unitId: `branch-${Math.floor(index / 22) + 1}`,
    departmentId: `dept-${Math.floor((index * 10) / 66) + 1}`,
    type: index % 22 >= 20 ? 'probationary' : 'full',
    from: day('2010-01-01'),
    to: null,
  }),
);

export function aSession(
  id: string,
  ownerUnitId: string,
  date: string,
  items: readonly ItemFact[],
  changes: Partial<SessionFact> = {},
): SessionFact {
  return {
    id,
    title: items[0]?.title ?? id,
    date: day(date),
    ownerUnitId,
    items,
    studiesPartyBuilding: false,
    speakerId: null,
    speaker: '',
    host: '主持人',
    recorder: '记录人',
    attachments: 1,
    ...changes,
  };
}

export function anItem(type: SessionType, hours = 200, title = '学习'): ItemFact {
  return { type, title, hours };
}

type Person = (typeof bureauMembers)[number];

export function attending(
  session: SessionFact,
  people: readonly Person[],
  outcome: AttendanceFact['outcome'] = 'present',
  changes: Partial<AttendanceFact> = {},
): AttendanceFact[] {
  return people.map((person) => ({
    sessionId: session.id,
    memberId: person.memberId,
    name: person.name,
    unitId: person.unitId,
    departmentId: person.departmentId,
    exemption: null,
    outcome,
    leaveReason: outcome === 'leave' ? 'duty' : null,
    madeUp: false,
    ...changes,
  }));
}

export function earned(session: SessionFact, people: readonly Person[]): HoursFact[] {
  const hours = session.items.reduce((sum, item) => sum + item.hours, 0);
  return people.map((person) => ({
    memberId: person.memberId,
    sessionId: session.id,
    date: session.date,
    title: session.title,
    collective: true,
    hours,
  }));
}

const onDay = (index: number, every: number, first = '2017-01-09'): CivilDate => addDays(day(first), index * every);

const branchOf = (unitId: string): readonly Person[] => bureauMembers.filter((member) => member.unitId === unitId);

interface Held {
  readonly session: SessionFact;
  readonly people: readonly Person[];
}

/** What was held in 2017: 12 中心组, 4 总支, 33 branch sessions, one lecture of 3 hours, and the “五个一”. */
function heldIn2017(): readonly Held[] {
  const leaders = bureauMembers.slice(0, 7);
  const all = bureauMembers;
  const held = (session: SessionFact, people: readonly Person[]): Held => ({ session, people });
  const bureauWide = (
    id: string,
    type: SessionType,
    date: string,
    hours = 200,
    changes: Partial<SessionFact> = {},
  ): Held => held(aSession(id, 'general', date, [anItem(type, hours)], changes), all);
  return [
    ...Array.from({ length: 12 }, (_, i) =>
      held(aSession(`study-${i}`, 'study', onDay(i, 29), [anItem('study-group-session')]), leaders),
    ),
    ...Array.from({ length: 4 }, (_, i) => bureauWide(`general-${i}`, 'general-branch-session', onDay(i, 85))),
    ...['branch-1', 'branch-2', 'branch-3'].flatMap((branch) =>
      Array.from({ length: 11 }, (_, i) =>
        held(aSession(`${branch}-${i}`, branch, onDay(i, 30), [anItem('party-day', 300)]), branchOf(branch)),
      ),
    ),
    ...Array.from({ length: 4 }, (_, i) =>
      held(
        aSession(`party-group-${i}`, 'group', onDay(i, 90), [anItem('party-group-meeting', 0)], {
          studiesPartyBuilding: true,
        }),
        leaders,
      ),
    ),
    held(
      aSession('lecture', 'group', '2017-11-20', [anItem('party-lecture', 300, '学懂弄通做实')], {
        speakerId: 'member-1',
        speaker: '党员1',
      }),
      all,
    ),
    bureauWide('tour', 'lecture-tour', '2017-11-06'),
    bureauWide('tutoring', 'leader-tutoring', '2017-11-08'),
    bureauWide('exchange', 'thematic-exchange', '2017-11-22'),
    bureauWide('contest', 'knowledge-contest', '2017-11-29'),
    ...['branch-1', 'branch-2', 'branch-3'].map((branch) =>
      held(aSession(`oath-${branch}`, branch, '2017-12-01', [anItem('oath-renewal', 0)]), branchOf(branch)),
    ),
    ...Array.from({ length: 10 }, (_, i) => {
      const people = bureauMembers.filter((member) => member.departmentId === `dept-${i + 1}`);
      return held(
        aSession(`dept-${i + 1}`, `dept-${i + 1}`, '2017-11-15', [anItem('department-exchange', 100)]),
        people,
      );
    }),
  ];
}

/** `below` people have 79 marks, the others 90. */
export function examResults(below: number): ResultFact[] {
  return bureauMembers.map((member, index) => ({
    examId: 'exam',
    memberId: member.memberId,
    name: member.name,
    unitId: member.unitId,
    exemption: null,
    marks: index < below ? 7900 : 9000,
    satFirst: true,
    absence: '',
  }));
}

/** The fictional bureau of 2017 as facts. Source: domain.md §8 item 1. */
export function bureauFacts(changes: Partial<YearFacts> = {}): YearFacts {
  const held = heldIn2017();
  return {
    year: 2017,
    asOf: day('2017-12-31'),
    units: bureauUnits,
    sessions: held.map(({ session }) => session),
    attendance: held.flatMap(({ session, people }) => attending(session, people)),
    exams: [
      {
        id: 'exam',
        name: '党的十九大精神知识测试',
        level: 'province',
        date: day('2017-12-08'),
        passMarks: 6000,
        excellentMarks: 9000,
      },
    ],
    results: examResults(1),
    hours: held.flatMap(({ session, people }) => earned(session, people)),
    memberships: bureauMembers,
    roles: ['branch-1', 'branch-2', 'branch-3'].map((unitId, index) => ({
      memberId: `member-${index * 22 + 1}`,
      name: `党员${index * 22 + 1}`,
      unitId,
      role: 'branch-secretary',
      from: day('2016-01-01'),
      to: null,
    })),
    handbooks: [{ id: 'handbook', title: '百问百答学习手册', entries: 100 }],
    readings: bureauMembers
      .slice(0, 60)
      .map((member) => ({ memberId: member.memberId, handbookId: 'handbook', date: day('2017-11-10'), entries: 12 })),
    contests: [],
    ...changes,
  };
}
