import {
  exemptionReasons,
  leaveReasons,
  membershipTypes,
  roles,
  sessionTypes,
  studyTypes,
  type SessionType,
  type StatFigure,
  type StatRecord,
} from '@xuekao/contracts';
import { formatPoints, type Points } from '@xuekao/kernel';
import { unitIndex, type Area } from './area.js';
import { contestDetail } from './contest-record.js';
import type { AttendanceFact, MembershipFact, ResultFact, SessionFact } from './facts.js';
import { committeeOnLastDay, membersAllSpan, membersOnLastDay } from './membership.js';
import type { Question } from './question.js';
import { groupedBy } from './grouped.js';
import { hoursOf } from './study-hours.js';
import { isWithin } from './span.js';

const unitName = ({ facts }: Question, id: string | null): string => (id && unitIndex(facts).get(id)?.name) || '';

/** Archived sessions that the area's units organised in the span. */
export function sessionsOf({ facts, area }: Question, types?: ReadonlySet<SessionType>): readonly SessionFact[] {
  return facts.sessions.filter(
    (session) =>
      area.unitIds.has(session.ownerUnitId) &&
      isWithin(session.date, area.span) &&
      (types === undefined || session.items.some((item) => types.has(item.type))),
  );
}

function sessionRecords(question: Question, types?: ReadonlySet<SessionType>): StatRecord[] {
  const names = unitIndex(question.facts);
  return sessionsOf(question, types).map((session) => ({
    id: session.id,
    kind: 'session',
    date: session.date,
    title: session.title,
    unitId: session.ownerUnitId,
    unit: names.get(session.ownerUnitId)?.name ?? '',
    memberId: null,
    person: '',
    detail: [...new Set(session.items.map((item) => sessionTypes[item.type].name))].join('、'),
    amount: 1,
  }));
}

const isDue = (row: AttendanceFact): boolean => row.exemption === null;

/** Whether the unit or department of that day lies in the area. */
function stoodIn(area: Area, row: { readonly unitId: string | null; readonly departmentId?: string | null }): boolean {
  return (
    (row.unitId !== null && area.unitIds.has(row.unitId)) ||
    (row.departmentId != null && area.unitIds.has(row.departmentId))
  );
}

function outcomeText(row: AttendanceFact): string {
  if (row.exemption) return `免计：${exemptionReasons[row.exemption]}`;
  const madeUp = row.madeUp ? '（已补学）' : '';
  if (row.outcome === 'present') return '到会';
  if (row.outcome === 'leave') return `请假${row.leaveReason ? `：${leaveReasons[row.leaveReason]}` : ''}${madeUp}`;
  return `缺席${madeUp}`;
}

interface Attended {
  readonly row: AttendanceFact;
  readonly session: SessionFact;
}

const attendedOf = new WeakMap<Question, readonly Attended[]>();

/** Rows of 应到 in the area, found once for a question: eight figures count them. */
function attended(question: Question): readonly Attended[] {
  const known = attendedOf.get(question);
  if (known) return known;
  const { facts, area } = question;
  const sessions = new Map(
    facts.sessions.filter((session) => isWithin(session.date, area.span)).map((session) => [session.id, session]),
  );
  const found: Attended[] = [];
  for (const row of facts.attendance) {
    const session = sessions.get(row.sessionId);
    if (session && isDue(row) && stoodIn(area, row)) found.push({ row, session });
  }
  attendedOf.set(question, found);
  return found;
}

/** Rows of 应到 of the people who stood in the area on the session's day, whoever organised it. */
export function attendanceRecords(question: Question, wanted: (row: AttendanceFact) => boolean): StatRecord[] {
  const names = unitIndex(question.facts);
  return attended(question)
    .filter(({ row }) => wanted(row))
    .map(({ row, session }) => ({
      id: session.id,
      kind: 'attendance',
      date: session.date,
      title: session.title,
      unitId: row.unitId,
      unit: (row.unitId && names.get(row.unitId)?.name) || '',
      memberId: row.memberId,
      person: row.name,
      detail: outcomeText(row),
      amount: 1,
    }));
}

function examRecords(question: Question): StatRecord[] {
  const sat = new Map(resultRows(question, () => true).map(({ exam }) => [exam.id, exam]));
  return [...sat.values()].map((exam) => ({
    id: exam.id,
    kind: 'exam',
    date: exam.date,
    title: exam.name,
    unitId: null,
    unit: '',
    memberId: null,
    person: '',
    detail: '',
    amount: 1,
  }));
}

/** Results of the people of 应考 who stood in the area when the exam's roster was frozen. */
export function resultRows(question: Question, wanted: (row: ResultFact, pass: number, excellent: number) => boolean) {
  const { facts, area } = question;
  const exams = new Map(facts.exams.map((exam) => [exam.id, exam]));
  return facts.results.flatMap((row) => {
    const exam = exams.get(row.examId);
    if (!exam || row.exemption !== null || !stoodIn(area, row) || !isWithin(exam.date, area.span)) return [];
    return wanted(row, exam.passMarks, exam.excellentMarks) ? [{ row, exam }] : [];
  });
}

function resultRecords(
  question: Question,
  wanted: (row: ResultFact, pass: number, excellent: number) => boolean,
): StatRecord[] {
  const names = unitIndex(question.facts);
  return resultRows(question, wanted).map(({ row, exam }) => ({
    id: exam.id,
    kind: 'exam-result',
    date: exam.date,
    title: exam.name,
    unitId: row.unitId,
    unit: (row.unitId && names.get(row.unitId)?.name) || '',
    memberId: row.memberId,
    person: row.name,
    detail:
      row.marks === null ? `缺考${row.absence ? `：${row.absence}` : ''}` : `${formatPoints(row.marks as Points)}分`,
    amount: 1,
  }));
}

function memberRecord(
  question: Question,
  row: Pick<MembershipFact, 'memberId' | 'name' | 'unitId'>,
  detail: string,
): StatRecord {
  return {
    id: row.memberId,
    kind: 'member',
    date: question.area.span.from,
    title: row.name,
    unitId: row.unitId,
    unit: unitName(question, row.unitId),
    memberId: row.memberId,
    person: row.name,
    detail,
    amount: 1,
  };
}

const hoursDetail = (hundredths: number): string => `${formatPoints(hundredths as Points)}学时`;

function reached(
  question: Question,
  people: readonly Pick<MembershipFact, 'memberId' | 'name' | 'unitId'>[],
  line: number,
) {
  const hours = hoursOf(question);
  return people
    .filter((person) => (hours.get(person.memberId) ?? 0) >= line)
    .map((person) => memberRecord(question, person, hoursDetail(hours.get(person.memberId) ?? 0)));
}

function hoursRecords(question: Question): StatRecord[] {
  const { facts, area } = question;
  const people = new Map(
    membersAllSpan(facts, area).map((row) => [row.memberId, memberRecord(question, row, '')] as const),
  );
  const records: StatRecord[] = [];
  for (const row of facts.hours) {
    const person = people.get(row.memberId);
    if (!person || !row.collective || !isWithin(row.date, area.span)) continue;
    const { sessionId: id, date, title, hours: amount } = row;
    records.push({ ...person, id, kind: 'hours', date, title, detail: hoursDetail(amount), amount });
  }
  return records;
}

function readerRecords(question: Question): StatRecord[] {
  const { facts, area } = question;
  const readers = groupedBy(
    facts.readings.filter((row) => isWithin(row.date, area.span)),
    (row) => row.memberId,
  );
  return membersOnLastDay(facts, area)
    .filter((member) => readers.has(member.memberId))
    .map((member) => {
      const entries = readers.get(member.memberId)!.reduce((sum, row) => sum + row.entries, 0);
      return memberRecord(question, member, `已读${entries}条`);
    });
}

function contestRecords(question: Question): StatRecord[] {
  const { facts, area } = question;
  return facts.contests
    .filter((contest) => area.unitIds.has(contest.ownerUnitId) && isWithin(contest.date, area.span))
    .map((contest) => ({
      id: contest.id,
      kind: 'contest',
      date: contest.date,
      title: contest.title,
      unitId: contest.ownerUnitId,
      unit: unitName(question, contest.ownerUnitId),
      memberId: null,
      person: '',
      detail: contestDetail(contest),
      amount: 1,
    }));
}

function contestantRecords(question: Question): StatRecord[] {
  const { facts, area } = question;
  const contestants = new Set(
    facts.contests.filter((contest) => isWithin(contest.date, area.span)).flatMap((contest) => contest.memberIds),
  );
  return membersOnLastDay(facts, area)
    .filter((member) => contestants.has(member.memberId))
    .map((member) => memberRecord(question, member, '参赛'));
}

const only = (...types: SessionType[]): ReadonlySet<SessionType> => new Set(types);
const sat = (row: ResultFact): boolean => row.marks !== null;

/** What each figure counts. The figure is made from these rows, so a drill-down can never disagree with it. */
export const recordsOf: Readonly<Record<StatFigure, (question: Question) => readonly StatRecord[]>> = {
  sessions: (q) => sessionRecords(q),
  'study-sessions': (q) => sessionRecords(q, studyTypes),
  lectures: (q) => sessionRecords(q, only('party-lecture')),
  'party-days': (q) => sessionRecords(q, only('party-day')),
  'attendance-due': (q) => attendanceRecords(q, () => true),
  'attendance-present': (q) => attendanceRecords(q, (row) => row.outcome === 'present'),
  'attendance-leave': (q) => attendanceRecords(q, (row) => row.outcome === 'leave'),
  'attendance-absent': (q) => attendanceRecords(q, (row) => row.outcome === 'absent'),
  'attendance-made-up': (q) => attendanceRecords(q, (row) => row.outcome !== 'present' && row.madeUp),
  'attendance-covered': (q) => attendanceRecords(q, (row) => row.outcome === 'present' || row.madeUp),
  'attendance-persons': (q) => attendanceRecords(q, (row) => row.outcome === 'present'),
  exams: examRecords,
  'exam-due': (q) => resultRecords(q, () => true),
  'exam-sat': (q) => resultRecords(q, sat),
  'exam-first-sat': (q) => resultRecords(q, (row) => sat(row) && row.satFirst),
  'exam-at-least': (q) => resultRecords(q, (row) => sat(row) && row.marks! >= q.thresholds.atLeast),
  'exam-passed': (q) => resultRecords(q, (row, pass) => sat(row) && row.marks! >= pass),
  'exam-excellent': (q) => resultRecords(q, (row, _pass, excellent) => sat(row) && row.marks! >= excellent),
  'exam-persons': (q) => resultRecords(q, sat),
  'members-due': (q) =>
    membersOnLastDay(q.facts, q.area).map((row) => memberRecord(q, row, membershipTypes[row.type].name)),
  'members-all-year': (q) => {
    const hours = hoursOf(q);
    return membersAllSpan(q.facts, q.area).map((row) =>
      memberRecord(q, row, hoursDetail(hours.get(row.memberId) ?? 0)),
    );
  },
  hours: hoursRecords,
  'hours-reached': (q) => reached(q, membersAllSpan(q.facts, q.area), q.thresholds.memberHours),
  committee: (q) => committeeOnLastDay(q.facts, q.area).map((row) => memberRecord(q, row, roles[row.role].name)),
  'committee-reached': (q) => reached(q, committeeOnLastDay(q.facts, q.area), q.thresholds.committeeHours),
  readers: readerRecords,
  contests: contestRecords,
  'contest-due': (q) =>
    contestRecords(q).length === 0 && contestantRecords(q).length === 0
      ? []
      : membersOnLastDay(q.facts, q.area).map((row) => memberRecord(q, row, membershipTypes[row.type].name)),
  contestants: contestantRecords,
};
