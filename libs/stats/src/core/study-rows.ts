import {
  studyTypes,
  type Figure,
  type RateFigure,
  type SessionType,
  type StudyRow,
  type UnitKind,
} from '@xuekao/contracts';
import { addDays } from '@xuekao/kernel';
import { subtreeOf } from './area.js';
import type { UnitFact } from './facts.js';
import { figureFrom, figureOf, rateOf, spanText } from './figures.js';
import { lastDay, membersAllSpan, membersOnLastDay } from './membership.js';
import type { Question } from './question.js';
import { sessionsOf } from './records.js';

/** Archived sessions of units of one kind with one of the types; each session once. */
export function sessionFigure(
  question: Question,
  key: string,
  label: string,
  kinds: readonly UnitKind[] | null,
  types: ReadonlySet<SessionType>,
): Figure {
  const owners = new Map(question.facts.units.map((unit) => [unit.id, unit.kind]));
  const rows = sessionsOf(question, types)
    .filter((session) => kinds === null || kinds.includes(owners.get(session.ownerUnitId)!))
    .map((session) => ({
      id: session.id,
      kind: 'session' as const,
      date: session.date,
      title: session.title,
      unitId: session.ownerUnitId,
      unit: '',
      memberId: null,
      person: '',
      detail: '',
      amount: 1,
    }));
  return figureFrom({ key, label, unit: 'times', kind: 'session' }, rows, `${label}，${spanText(question.area.span)}`);
}

const only = (...types: SessionType[]): ReadonlySet<SessionType> => new Set(types);

function standing(question: Question, type: 'full' | 'probationary', label: string): Figure {
  const people = membersOnLastDay(question.facts, question.area).filter((row) =>
    type === 'probationary' ? row.type === 'probationary' : row.type !== 'probationary',
  );
  const ids = [...new Set(people.map((row) => row.memberId))];
  const query = `${label}，${lastDay(question.facts, question.area)}`;
  return { key: type, label, unit: 'persons', value: ids.length, trace: { query, kind: 'member', ids } };
}

/** Joiners and leavers are named by number beside the row, because they are not in the hours base. */
function moves(question: Question): string {
  const { facts, area } = question;
  const base = new Set(membersAllSpan(facts, area).map((row) => row.memberId));
  const last = new Set(membersOnLastDay(facts, area).map((row) => row.memberId));
  const joined = [...last].filter((id) => !base.has(id)).length;
  const known = facts.memberships.filter(
    (row) => area.unitIds.has(row.unitId) && row.from < area.span.to && (row.to === null || row.to > area.span.from),
  );
  const left = new Set(known.map((row) => row.memberId).filter((id) => !last.has(id) && !base.has(id))).size;
  return [joined > 0 ? `期内转入${joined}人` : '', left > 0 ? `期内转出${left}人` : ''].filter(Boolean).join('；');
}

/** The row of one area; totals come from the area itself, so that 人数 never count a person twice. */
export function studyRow(question: Question, unitId: string | null, unit: string): StudyRow {
  const attendance: RateFigure = rateOf('attendance', question);
  return {
    unitId,
    unit,
    full: standing(question, 'full', '正式党员'),
    probationary: standing(question, 'probationary', '预备党员'),
    studyGroupSessions: sessionFigure(
      question,
      'row-study-group',
      '中心组集体学习次数',
      ['study-group'],
      only('study-group-session'),
    ),
    collectiveSessions: sessionFigure(
      question,
      'row-collective',
      '总支集中学习次数',
      ['general-branch', 'party-committee'],
      only('general-branch-session'),
    ),
    branchSessions: sessionFigure(question, 'row-branch', '支部学习次数', ['branch'], studyTypes),
    lectures: figureOf('lectures', question),
    partyDays: figureOf('party-days', question),
    attendance,
    hours: figureOf('hours', question),
    hourMembers: figureOf('members-all-year', question),
    hoursReached: rateOf('hours-reached', question),
    note: moves(question),
  };
}

const rowKinds: readonly UnitKind[] = ['party-group', 'party-committee', 'general-branch', 'branch'];

/**
 * 学习教育情况统计表: the area's units of the Party tree from the top down, each without the listed units below it, then
 * the sum over the area. So 人次 add up to the sum, and 人数 of the sum count each person once. Source: domain.md §5.2.
 */
export function studyRows(question: Question): readonly StudyRow[] {
  const { facts, area } = question;
  const listed = facts.units.filter((unit) => rowKinds.includes(unit.kind) && area.unitIds.has(unit.id));
  const others = (unit: UnitFact, below: ReadonlySet<string>): readonly string[] =>
    listed
      .filter((each) => each.id !== unit.id && below.has(each.id))
      .flatMap((each) => [...subtreeOf(facts.units, each.id)]);
  const own = (unit: UnitFact): Question => {
    const below = subtreeOf(facts.units, unit.id);
    const taken = new Set(others(unit, below));
    return { ...question, area: { ...area, unitIds: new Set([...below].filter((id) => !taken.has(id))) } };
  };
  const inOrder = listed.toSorted((a, b) => rowKinds.indexOf(a.kind) - rowKinds.indexOf(b.kind));
  return [...inOrder.map((unit) => studyRow(own(unit), unit.id, unit.name)), studyRow(question, null, '合计')];
}

/** The day that a table is cut off at, for its note line. */
export function cutOff(question: Question): string {
  const last = lastDay(question.facts, question.area);
  const end = addDays(question.area.span.to, -1);
  return last < end ? last : end;
}
