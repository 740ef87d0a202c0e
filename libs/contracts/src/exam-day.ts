import type { AttemptEnding, AttemptState } from './exam.js';

/** Which of several attempts counts. */
export const attemptPolicies = { best: '取最好一次', last: '取最后一次' } as const;
export type AttemptPolicy = keyof typeof attemptPolicies;

/** What an organiser did to an exam under way; each with a reason. */
export const interventionKinds = {
  extend: '延长时间',
  reopen: '重新开放作答',
  collect: '收卷',
  exempt: '批准缓考或免考',
  readmit: '恢复应考',
  void: '试题作废',
  'give-all': '全员送分',
  restore: '恢复试题计分',
} as const;
export type InterventionKind = keyof typeof interventionKinds;

/** What may be decided for one question while the exam runs. */
export const questionActs = ['void', 'give-all', 'restore'] as const satisfies readonly InterventionKind[];
export type QuestionActKind = (typeof questionActs)[number];

/** A question that no longer counts as answered, on the own paper of an attempt. */
export interface DecidedQuestion {
  /** Place on the own paper, from 1. */
  readonly number: number;
  readonly kind: 'void' | 'give-all';
  readonly reason: string;
}

/** What is written down about a sitting. Evidence for people; no mark ever depends on it. */
export const evidenceKinds = {
  note: '监考记录',
  'focus-lost': '离开答题页面',
  'focus-back': '回到答题页面',
  'taken-over': '更换设备',
  'key-seen': '可能已看过答案',
  'other-address': '不在允许的网络',
  'other-browser': '未用规定的考试浏览器',
} as const;
export type EvidenceKind = keyof typeof evidenceKinds;

/** What a client may report of itself. */
export const focusKinds = ['focus-lost', 'focus-back'] as const satisfies readonly EvidenceKind[];
export type FocusKind = (typeof focusKinds)[number];

/** Where a person stands in the console of an exam. */
export const invigilationStates = {
  'not-started': '未开始',
  working: '作答中',
  disconnected: '已断开',
  'handed-in': '已交卷',
  exempt: '缓考或免考',
  absent: '缺考',
} as const;
export type InvigilationState = keyof typeof invigilationStates;

export interface InvigilationRow {
  readonly memberId: string;
  readonly name: string;
  readonly staffNumber: string;
  readonly unitId: string | null;
  readonly unitName: string;
  readonly state: InvigilationState;
  /** Code of the exemption. */
  readonly exemption: string | null;
  /** Of the newest attempt. */
  readonly attemptId: string | null;
  readonly startedAt: number | null;
  readonly deadlineAt: number | null;
  readonly endedAt: number | null;
  readonly endedBy: AttemptEnding | null;
  /** Answers kept, and when the last one was. */
  readonly saved: number;
  readonly lastSavedAt: number | null;
  /** When its device was last heard of. */
  readonly seenAt: number | null;
  /** Minutes given on top, to everybody and to this person together. */
  readonly extraMinutes: number;
  /** Pieces of evidence. */
  readonly evidence: number;
}

/** What a running client has to know of its attempt, now. */
export interface AttemptStatus {
  readonly attemptId: string;
  readonly state: AttemptState;
  readonly deadlineAt: number;
  /** With the time given on top; the text is “60 分钟（延长自 30 分钟）”. */
  readonly limitMinutes: number;
  readonly extendedFromMinutes: number | null;
  readonly endedAt: number | null;
  readonly endedBy: AttemptEnding | null;
  /** The newest act that this person should be told of. */
  readonly intervention: {
    readonly kind: InterventionKind;
    readonly minutes: number | null;
    readonly reason: string;
    readonly at: number;
  } | null;
  readonly decided: readonly DecidedQuestion[];
  /** Another one means that what the result page shows may have changed; tells nothing itself. Empty while open. */
  readonly resultStamp: string;
  readonly serverNow: number;
}

export interface AttemptWatch {
  readonly attemptId: string;
  /** The device's token: whether it is still the one that may write. */
  readonly writer: string;
}

export interface AttemptWatched extends AttemptStatus {
  readonly isWriter: boolean;
}

export interface ExamWatch {
  readonly examId: string;
}

export interface InvigilationView {
  readonly examId: string;
  readonly rows: readonly InvigilationRow[];
  readonly serverNow: number;
}

/** Namespace `/exam`, from the client; every message is acknowledged with a SocketReply. */
export interface ExamClientMessages {
  'attempt:watch': AttemptWatch;
  'exam:watch': ExamWatch;
  'exam:unwatch': ExamWatch;
}

/** Namespace `/exam`, from the server. `exam:rows` carries changed rows only. */
export interface ExamServerMessages {
  'attempt:changed': AttemptWatched;
  'exam:rows': InvigilationView;
}
