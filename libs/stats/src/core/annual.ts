import {
  examLevels,
  studyTypes,
  type AnnualFigures,
  type ExamLevel,
  type Figure,
  type SessionType,
} from '@xuekao/contracts';
import { departmentsOf } from './area.js';
import { figureFrom, figureOf, spanText } from './figures.js';
import { quartersWithout } from './ledger.js';
import type { Question } from './question.js';
import { attendanceRecords, recordsOf, sessionsOf } from './records.js';
import { sessionFigure } from './study-rows.js';
import type { SessionFact, UnitFact } from './facts.js';

const only = (...types: SessionType[]): ReadonlySet<SessionType> => new Set(types);

function countFigure(
  key: string,
  label: string,
  unit: Figure['unit'],
  value: number,
  kind: Figure['trace']['kind'],
  ids: readonly string[],
  query: string,
): Figure {
  return { key, label, unit, value, trace: { query: `${label}，${query}`, kind, ids } };
}

function lectures(question: Question, authorId: string | null): AnnualFigures['lectures'] {
  const type: SessionType = 'party-lecture';
  const held = sessionsOf(question, only(type)).filter(
    (session) => authorId === null || session.speakerId === authorId,
  );
  const items = held.flatMap((session) => session.items.filter((item) => item.type === type));
  const ids = held.map((session) => session.id);
  const listeners = attendanceRecords(question, (row) => row.outcome === 'present' && ids.includes(row.sessionId));
  const unit = held.length > 1 ? 'person-times' : 'persons';
  const query = spanText(question.area.span);
  return {
    byAuthor: authorId !== null,
    titles: [...new Set(items.map((item) => item.title))],
    lessons: countFigure('lecture-lessons', '党课堂数', 'lessons', held.length, 'session', ids, query),
    hours: countFigure(
      'lecture-hours',
      '党课学时',
      'hours',
      items.reduce((sum, item) => sum + item.hours, 0),
      'session',
      ids,
      query,
    ),
    listeners: figureFrom(
      { key: 'lecture-listeners', label: unit === 'persons' ? '听课人数' : '听课人次', unit, kind: 'attendance' },
      listeners,
      `党课听课，${query}`,
    ),
  };
}

/** A single exam is counted in people; several in 人次, because one person sits more than once. */
function exams(question: Question): AnnualFigures['exams'] {
  const held = figureOf('exams', question);
  const single = held.value <= 1;
  const people = (key: 'exam-due' | 'exam-sat' | 'exam-at-least', label: string): Figure =>
    figureFrom(
      {
        key,
        label: `${label}${single ? '人数' : '人次'}`,
        unit: single ? 'persons' : 'person-times',
        kind: 'exam-result',
      },
      recordsOf[key](question),
      `${label}，${spanText(question.area.span)}`,
    );
  const used = new Set(
    question.facts.exams.filter((exam) => held.trace.ids.includes(exam.id)).map((exam) => exam.level),
  );
  return {
    levels: (Object.keys(examLevels) as ExamLevel[]).filter((level) => used.has(level)),
    exams: { ...held, label: '考学活动次数' },
    due: people('exam-due', '应考'),
    sat: people('exam-sat', '实考'),
    threshold: question.thresholds.atLeast,
    atLeast: people('exam-at-least', `${question.thresholds.atLeast / 100}分以上`),
  };
}

/** Archived contest sessions, and live contests on days that no such session covers: one contest is never counted twice. */
function contests(question: Question): Figure {
  const sessions = sessionsOf(question, only('knowledge-contest'));
  const days = new Set(sessions.map((session) => session.date));
  const live = recordsOf.contests(question).filter((row) => !days.has(row.date as SessionFact['date']));
  const ids = [...sessions.map((session) => session.id), ...live.map((row) => row.id)];
  const kind = sessions.length > 0 ? 'session' : 'contest';
  return countFigure('five-contests', '知识竞赛场数', 'shows', ids.length, kind, ids, spanText(question.area.span));
}

function departmentExchanges(question: Question): Figure {
  const unitIds = new Set([...question.area.unitIds, ...departmentsOf(question.facts, question.area)]);
  const types = only('department-exchange');
  return sessionFigure(
    { ...question, area: { ...question.area, unitIds } },
    'department-exchanges',
    '科室交流次数',
    null,
    types,
  );
}

function fiveOnes(question: Question): AnnualFigures['fiveOnes'] {
  const query = spanText(question.area.span);
  const times = (key: string, label: string, ...types: SessionType[]): Figure =>
    sessionFigure(question, key, label, null, only(...types));
  const { handbooks } = question.facts;
  const ids = handbooks.map((handbook) => handbook.id);
  const entries = handbooks.reduce((sum, handbook) => sum + handbook.entries, 0);
  return {
    handbooks: countFigure('handbooks', '学习手册本数', 'copies', handbooks.length, 'handbook', ids, query),
    entries: countFigure('handbook-entries', '学习手册问数', 'entries', entries, 'handbook', ids, query),
    lectureTours: times('lecture-tours', '宣讲次数', 'lecture-tour'),
    tutoring: times('tutoring', '领导辅导次数', 'leader-tutoring'),
    departmentExchanges: departmentExchanges(question),
    thematicExchanges: times('thematic-exchanges', '专题交流会次数', 'thematic-exchange'),
    contests: contests(question),
    oaths: { ...times('oaths', '宣誓（重温誓词）场数', 'oath-taking', 'oath-renewal'), unit: 'shows' },
  };
}

function partyGroup(question: Question): AnnualFigures['partyGroup'] {
  const held = sessionsOf(question).filter((session) => session.studiesPartyBuilding);
  const ids = held.map((session) => session.id);
  const query = spanText(question.area.span);
  return {
    meetings: countFigure(
      'party-group-meetings',
      '党组会议研究机关党建次数',
      'times',
      ids.length,
      'session',
      ids,
      query,
    ),
    quartersWithout: quartersWithout(question, held),
  };
}

/** All figures of a unit's annual report. `authorId` is the person who gives the report, or null for a unit's own. */
export function annualFigures(question: Question, owner: UnitFact, authorId: string | null): AnnualFigures {
  const branches = question.facts.units.filter((unit) => unit.kind === 'branch' && question.area.unitIds.has(unit.id));
  const query = spanText(question.area.span);
  const ids = branches.map((unit) => unit.id);
  return {
    year: question.facts.year,
    ownerKind: owner.kind,
    branches: countFigure('branches', '党支部数', 'units', ids.length, 'unit', ids, query),
    study: {
      studyGroup: sessionFigure(
        question,
        'study-group-sessions',
        '中心组集体专题学习次数',
        ['study-group'],
        only('study-group-session'),
      ),
      generalBranch: sessionFigure(
        question,
        'general-branch-sessions',
        '总支集中学习次数',
        ['general-branch', 'party-committee'],
        only('general-branch-session'),
      ),
      branch: sessionFigure(question, 'branch-sessions', '支部组织学习次数', ['branch'], studyTypes),
    },
    lectures: lectures(question, authorId),
    exams: exams(question),
    fiveOnes: fiveOnes(question),
    partyGroup: partyGroup(question),
    hours: {
      members: figureOf('members-all-year', question),
      total: figureOf('hours', question),
      target: question.thresholds.memberHours,
      reached: figureOf('hours-reached', question),
      committee: figureOf('committee', question),
      committeeTarget: question.thresholds.committeeHours,
      committeeReached: figureOf('committee-reached', question),
    },
  };
}
