import type { Figure } from './stats.js';

/** One printed piece of a generated sentence: a slot knows the figures behind it, a gap what is missing. */
export type SentencePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: string; readonly text: string; readonly figures: readonly Figure[] }
  | { readonly kind: 'gap'; readonly slot: string; readonly text: string; readonly label: string };

export interface Sentence {
  readonly key: SentenceKey;
  readonly text: string;
  readonly parts: readonly SentencePart[];
}

/** A slot without recorded data; it prints as 【数据缺口：…】 and keeps the report from being finalised. */
export interface DataGap {
  readonly section: SectionKey;
  readonly sentence: SentenceKey;
  readonly slot: string;
  readonly label: string;
}

export const sentenceKeys = {
  study: '集中学习次数',
  lectures: '专题党课',
  exams: '考学活动',
  'five-ones': '“五个一”活动',
  'party-group': '党组会议研究机关党建',
  hours: '学时',
} as const;
export type SentenceKey = keyof typeof sentenceKeys;

/** The order of a 述职报告. Problems and plans are people's text only. Source: domain.md §5.1. */
export const sectionKeys = {
  introduction: '导语',
  'work-study': '主要工作（一）',
  'work-leadership': '主要工作（二）',
  'work-exams': '主要工作（三）',
  'work-campaign': '主要工作（四）',
  'work-organisation': '主要工作（五）',
  problems: '存在问题',
  plans: '努力方向',
} as const;
export type SectionKey = keyof typeof sectionKeys;

export const reportStates = { draft: '草稿', final: '已定稿' } as const;
export type ReportState = keyof typeof reportStates;
