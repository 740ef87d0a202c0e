import type { UnitKind } from './org.js';
import type { SessionState, SessionType } from './schedule.js';

/** What a figure counts; hours and marks are integer hundredths. */
export const figureUnits = {
  times: '次',
  shows: '场',
  lessons: '堂',
  copies: '本',
  entries: '问',
  units: '个',
  persons: '人',
  'person-times': '人次',
  hours: '学时',
} as const;
export type FigureUnit = keyof typeof figureUnits;

/** The kinds of records that a figure can be opened to. */
export const recordKinds = {
  session: '学习活动',
  attendance: '到会记录',
  exam: '考试',
  'exam-result': '考试成绩',
  member: '党员',
  unit: '组织',
  hours: '学时记录',
  handbook: '学习手册',
  reading: '阅读记录',
  contest: '知识竞赛',
} as const;
export type RecordKind = keyof typeof recordKinds;

/**
 * The records behind a figure. `query` says in Chinese what was asked. `ids` are records of `kind`; a count of 次, 场, 堂 or
 * 人 equals their number, 人次 and 学时 are sums over them.
 */
export interface Trace {
  readonly query: string;
  readonly kind: RecordKind;
  readonly ids: readonly string[];
}

/** One number with the records behind it; never shown without the way to them. */
export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly value: number;
  readonly trace: Trace;
}

/** A rate is its two figures. */
export interface RateFigure {
  readonly key: string;
  readonly label: string;
  readonly numerator: Figure;
  readonly denominator: Figure;
}

/** Levels of exams in the order they are named in a report. Source: domain.md §1.1 row 20. */
export const examLevels = { central: '中央', province: '省', city: '市', own: '本单位' } as const;
export type ExamLevel = keyof typeof examLevels;

/** Study hours a year in hundredths: every member 32, secretaries and committee members 56. Source: domain.md §3.1. */
export const hourTargets = { member: 3200, committee: 5600 } as const;

/** The share that reports name by default: 80 marks, in hundredths. Source: domain.md §2.4. */
export const defaultScoreThreshold = 8000;

/** All figures that the sentences of an annual report are printed from. Source: domain.md §1.4. */
export interface AnnualFigures {
  readonly year: number;
  /** Kind of the unit that reports: a branch has no 中心组 to tell of. */
  readonly ownerKind: UnitKind;
  readonly branches: Figure;
  readonly study: {
    readonly studyGroup: Figure;
    readonly generalBranch: Figure;
    readonly branch: Figure;
  };
  readonly lectures: {
    /** The secretary himself speaks when the report is his own; otherwise all lectures of the unit. */
    readonly byAuthor: boolean;
    readonly titles: readonly string[];
    readonly lessons: Figure;
    readonly hours: Figure;
    readonly listeners: Figure;
  };
  readonly exams: {
    readonly levels: readonly ExamLevel[];
    readonly exams: Figure;
    readonly due: Figure;
    readonly sat: Figure;
    /** Marks in hundredths. */
    readonly threshold: number;
    readonly atLeast: Figure;
  };
  readonly fiveOnes: {
    readonly handbooks: Figure;
    readonly entries: Figure;
    readonly lectureTours: Figure;
    readonly tutoring: Figure;
    readonly departmentExchanges: Figure;
    readonly thematicExchanges: Figure;
    readonly contests: Figure;
    readonly oaths: Figure;
  };
  readonly partyGroup: {
    readonly meetings: Figure;
    /** Quarters 1 to 4 in which no meeting on Party work was archived. */
    readonly quartersWithout: readonly number[];
  };
  readonly hours: {
    readonly members: Figure;
    readonly total: Figure;
    readonly target: number;
    readonly reached: Figure;
    readonly committee: Figure;
    readonly committeeTarget: number;
    readonly committeeReached: Figure;
  };
}

/** One row of 学习教育情况统计表. Source: domain.md §5.2. */
export interface StudyRow {
  readonly unitId: string | null;
  readonly unit: string;
  readonly full: Figure;
  readonly probationary: Figure;
  readonly studyGroupSessions: Figure;
  readonly collectiveSessions: Figure;
  readonly branchSessions: Figure;
  readonly lectures: Figure;
  readonly partyDays: Figure;
  readonly attendance: RateFigure;
  readonly hours: Figure;
  readonly hourMembers: Figure;
  readonly hoursReached: RateFigure;
  readonly note: string;
}

/** One row of 考试成绩统计表. Marks are hundredths. */
export interface ExamRow {
  readonly examId: string;
  readonly name: string;
  readonly level: ExamLevel;
  readonly date: string;
  readonly due: Figure;
  readonly sat: Figure;
  readonly absent: readonly { readonly reason: string; readonly count: number }[];
  readonly participation: RateFigure;
  /** Sum of marks in hundredths over those who sat; the mean is this over `sat`. */
  readonly totalMarks: number;
  readonly medianMarks: number | null;
  readonly bands: { readonly a90: Figure; readonly b80: Figure; readonly c60: Figure; readonly d0: Figure };
  readonly threshold: number;
  readonly atLeast: RateFigure;
  readonly pass: RateFigure;
  readonly excellent: RateFigure;
}

/** One row of 三会一课台账. */
export interface LedgerRow {
  readonly sessionId: string;
  readonly date: string;
  readonly type: SessionType;
  readonly title: string;
  readonly unit: string;
  readonly host: string;
  readonly recorder: string;
  readonly due: number;
  readonly present: number;
  readonly leave: number;
  /** Hundredths. */
  readonly hours: number;
  /** Null where nobody keeps count of them. */
  readonly attachments: number | null;
  readonly state: SessionState;
}

/** A 12-month row of one unit and session type; `months[0]` is January. `gaps` are months or quarters that a rule wanted. */
export interface MonthRow {
  readonly unitId: string;
  readonly unit: string;
  readonly kind: UnitKind;
  readonly type: SessionType;
  readonly rule: 'monthly' | 'quarterly' | 'yearly' | 'none';
  readonly months: readonly Figure[];
  readonly gaps: readonly string[];
}

/**
 * Session types that count as 学习 when a branch's sessions are summed: study in the meetings of 三会一课 included, committee
 * meetings, 组织生活会, 民主评议 and oaths not. Source: domain.md §1.1 row 16, §4.1.
 */
export const studyTypes: ReadonlySet<SessionType> = new Set<SessionType>([
  'member-meeting',
  'group-meeting',
  'party-lecture',
  'party-day',
  'study-group-session',
  'general-branch-session',
  'department-exchange',
  'thematic-exchange',
  'lecture-tour',
  'leader-tutoring',
  'training-class',
  'warning-education',
  'reading-activity',
  'joining-story',
]);

/** The figures of the statistics pages; each opens to exactly the records it counts. */
export const statFigures = {
  sessions: { label: '学习活动次数', unit: 'times', kind: 'session' },
  'study-sessions': { label: '集中学习次数', unit: 'times', kind: 'session' },
  lectures: { label: '党课次数', unit: 'times', kind: 'session' },
  'party-days': { label: '主题党日次数', unit: 'times', kind: 'session' },
  'attendance-due': { label: '应到人次', unit: 'person-times', kind: 'attendance' },
  'attendance-present': { label: '实到人次', unit: 'person-times', kind: 'attendance' },
  'attendance-leave': { label: '请假人次', unit: 'person-times', kind: 'attendance' },
  'attendance-absent': { label: '缺席人次', unit: 'person-times', kind: 'attendance' },
  'attendance-made-up': { label: '补学人次', unit: 'person-times', kind: 'attendance' },
  'attendance-covered': { label: '到会及补学人次', unit: 'person-times', kind: 'attendance' },
  'attendance-persons': { label: '到会人数', unit: 'persons', kind: 'member' },
  exams: { label: '考试次数', unit: 'times', kind: 'exam' },
  'exam-due': { label: '应考人次', unit: 'person-times', kind: 'exam-result' },
  'exam-sat': { label: '实考人次', unit: 'person-times', kind: 'exam-result' },
  'exam-first-sat': { label: '首考实考人次', unit: 'person-times', kind: 'exam-result' },
  'exam-at-least': { label: '达到分数线人次', unit: 'person-times', kind: 'exam-result' },
  'exam-passed': { label: '合格人次', unit: 'person-times', kind: 'exam-result' },
  'exam-excellent': { label: '优秀人次', unit: 'person-times', kind: 'exam-result' },
  'exam-persons': { label: '参考人数', unit: 'persons', kind: 'member' },
  'members-due': { label: '期末在册党员', unit: 'persons', kind: 'member' },
  'members-all-year': { label: '全期在册党员', unit: 'persons', kind: 'member' },
  hours: { label: '集中学习培训学时', unit: 'hours', kind: 'hours' },
  'hours-reached': { label: '达到32学时人数', unit: 'persons', kind: 'member' },
  committee: { label: '支部书记和委员人数', unit: 'persons', kind: 'member' },
  'committee-reached': { label: '书记和委员达到56学时人数', unit: 'persons', kind: 'member' },
  readers: { label: '已阅读手册人数', unit: 'persons', kind: 'member' },
  contests: { label: '知识竞赛场数', unit: 'shows', kind: 'contest' },
  'contest-due': { label: '应参赛人数（期内有竞赛时的在册党员）', unit: 'persons', kind: 'member' },
  contestants: { label: '参赛人数', unit: 'persons', kind: 'member' },
} as const satisfies Record<string, { readonly label: string; readonly unit: FigureUnit; readonly kind: RecordKind }>;
export type StatFigure = keyof typeof statFigures;

/** Rates by their two figures; the base is named in the label. Source: domain.md §2.4. */
export const statRates = {
  attendance: { label: '到会率（实到÷应到）', numerator: 'attendance-present', denominator: 'attendance-due' },
  leave: { label: '请假率（请假÷应到）', numerator: 'attendance-leave', denominator: 'attendance-due' },
  coverage: { label: '覆盖率（含补学÷应到）', numerator: 'attendance-covered', denominator: 'attendance-due' },
  participation: { label: '参考率（实考÷应考，含补考）', numerator: 'exam-sat', denominator: 'exam-due' },
  'first-participation': { label: '首考参考率（首考÷应考）', numerator: 'exam-first-sat', denominator: 'exam-due' },
  'at-least': { label: '达到分数线占比（÷实考）', numerator: 'exam-at-least', denominator: 'exam-sat' },
  pass: { label: '合格率（÷实考）', numerator: 'exam-passed', denominator: 'exam-sat' },
  'pass-of-due': { label: '合格率（÷应考）', numerator: 'exam-passed', denominator: 'exam-due' },
  excellent: { label: '优秀率（÷实考）', numerator: 'exam-excellent', denominator: 'exam-sat' },
  'hours-reached': { label: '32学时达标率', numerator: 'hours-reached', denominator: 'members-all-year' },
  'committee-reached': { label: '56学时达标率', numerator: 'committee-reached', denominator: 'committee' },
  reading: { label: '手册阅读覆盖率', numerator: 'readers', denominator: 'members-due' },
  contest: { label: '竞赛参与率', numerator: 'contestants', denominator: 'contest-due' },
} as const satisfies Record<
  string,
  { readonly label: string; readonly numerator: StatFigure; readonly denominator: StatFigure }
>;
export type StatRate = keyof typeof statRates;

/** One record behind a figure, as the drill-down lists it. `amount` is what it adds: 1, or hundredths of study hours. */
export interface StatRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly date: string;
  readonly title: string;
  readonly unitId: string | null;
  readonly unit: string;
  readonly memberId: string | null;
  readonly person: string;
  readonly detail: string;
  readonly amount: number;
}
