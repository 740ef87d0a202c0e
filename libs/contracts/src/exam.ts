import { questionTypes } from './bank.js';

/** draft → published (roster frozen) → closed (results final) → archived. */
export const examStates = { draft: '草稿', published: '已发布', closed: '已结束', archived: '已归档' } as const;
export type ExamState = keyof typeof examStates;

export const reviewPolicies = {
  'after-close': '考试结束后可查看解析',
  'after-hand-in': '交卷后可查看解析',
  never: '不开放解析',
} as const;
export type ReviewPolicy = keyof typeof reviewPolicies;

export const examBooks = { closed: '闭卷', open: '开卷' } as const;
export type ExamBook = keyof typeof examBooks;

export const attemptStates = { open: '作答中', 'handed-in': '已交卷' } as const;
export type AttemptState = keyof typeof attemptStates;

export const attemptEndings = { member: '本人交卷', deadline: '到时自动交卷', organiser: '组织者收卷' } as const;
export type AttemptEnding = keyof typeof attemptEndings;

/** How a multiple choice is marked when not all is right. Source: exam.md §5, P1 and P2. */
export const multiplePolicies = {
  'all-or-nothing': '多选、少选、错选均不得分',
  'part-without-wrong': '少选得部分分，有错选不得分',
} as const;
export type MultiplePolicy = keyof typeof multiplePolicies;

/** Where a member stands on an exam's roster. */
export const sittingStates = {
  'not-started': '未开始',
  working: '作答中',
  'handed-in': '已交卷',
  exempt: '免考或缓考',
  absent: '缺考',
} as const;
export type SittingState = keyof typeof sittingStates;

/** Marks of an absence in an external result list. */
export const externalStatuses = { scored: '有成绩', absent: '缺考', deferred: '缓考', exempt: '免考' } as const;
export type ExternalStatus = keyof typeof externalStatuses;

/** What a section of a drawn paper holds: questions of one type, or whole materials with all their questions. */
export const sectionTypes = {
  single: questionTypes.single.name,
  multiple: questionTypes.multiple.name,
  'true-false': questionTypes['true-false'].name,
  blank: questionTypes.blank.name,
  'short-answer': questionTypes['short-answer'].name,
  ordering: questionTypes.ordering.name,
  matching: questionTypes.matching.name,
  material: '材料题',
} as const;
export type SectionType = keyof typeof sectionTypes;
