import {
  sectionKeys,
  type AnnualFigures,
  type DataGap,
  type SectionKey,
  type Sentence,
  type SentenceKey,
} from '@xuekao/contracts';
import { sentencesOf, sentenceWriters } from './templates.js';

export interface SectionPlan {
  readonly key: SectionKey;
  /** 一、二、三 stand before the first section of their part. */
  readonly part: string | null;
  /** Offered for a new report; people may word it anew. */
  readonly heading: string;
  readonly sentences: readonly SentenceKey[];
}

/**
 * The 述职报告 in order. Sentences stand only under 主要工作: problems and plans are never drafted by the product.
 * Source: domain.md §5.1.
 */
export const skeleton: readonly SectionPlan[] = [
  { key: 'introduction', part: null, heading: '', sentences: [] },
  {
    key: 'work-study',
    part: '主要工作',
    heading: '以理论学习为关键点，切实筑牢思想根基',
    sentences: ['study'],
  },
  {
    key: 'work-leadership',
    part: null,
    heading: '以领导带头为着力点，切实履行第一责任人职责',
    sentences: ['lectures', 'party-group'],
  },
  { key: 'work-exams', part: null, heading: '以学用检验为切入点，切实提升学习成效', sentences: ['exams'] },
  {
    key: 'work-campaign',
    part: null,
    heading: '以专题活动为结合点，切实推动学习走深走实',
    sentences: ['five-ones'],
  },
  { key: 'work-organisation', part: null, heading: '以组织生活为基本点，切实规范日常教育', sentences: ['hours'] },
  { key: 'problems', part: '存在问题', heading: '', sentences: [] },
  { key: 'plans', part: '努力方向', heading: '', sentences: [] },
];

export function isSectionKey(key: string): key is SectionKey {
  return Object.hasOwn(sectionKeys, key);
}

/** What people stored for a section. `omitted` sentences are left out on purpose, each with a reason. */
export interface SectionText {
  readonly key: SectionKey;
  readonly heading: string;
  readonly text: string;
  readonly omitted: readonly Omission[];
}

export interface Omission {
  readonly sentence: SentenceKey;
  readonly reason: string;
}

/** A data-backed remark beside a section, for the writer's eyes only; it is never printed. */
export interface Hint {
  readonly section: SectionKey;
  readonly text: string;
  readonly ids: readonly string[];
}

export interface ReportSection {
  readonly key: SectionKey;
  readonly part: string | null;
  readonly heading: string;
  readonly sentences: readonly Sentence[];
  readonly omitted: readonly Omission[];
  readonly text: string;
  readonly hints: readonly Hint[];
}

/** The report's sections with live sentences, in skeleton order; sections without stored text take the offered heading. */
export function reportSections(
  figures: AnnualFigures,
  texts: readonly SectionText[],
  hints: readonly Hint[] = [],
): readonly ReportSection[] {
  const own = new Set(sentencesOf(figures.ownerKind));
  const stored = new Map(texts.map((text) => [text.key, text]));
  return skeleton.map((plan) => {
    const written = stored.get(plan.key);
    const printed = plan.sentences.filter((key) => own.has(key));
    const omitted = (written?.omitted ?? []).filter((omission) => printed.includes(omission.sentence));
    const left = new Set(omitted.map((omission) => omission.sentence));
    return {
      key: plan.key,
      part: plan.part,
      heading: written?.heading ?? plan.heading,
      sentences: printed.filter((key) => !left.has(key)).map((key) => sentenceWriters[key](figures)),
      omitted,
      text: written?.text ?? '',
      hints: hints.filter((hint) => hint.section === plan.key),
    };
  });
}

/** Every gap that a printed sentence still has; a report with gaps is not finalised. */
export function dataGaps(sections: readonly ReportSection[]): readonly DataGap[] {
  return sections.flatMap((section) =>
    section.sentences.flatMap((sentence) =>
      sentence.parts.flatMap((part) =>
        part.kind === 'gap'
          ? [{ section: section.key, sentence: sentence.key, slot: part.slot, label: part.label }]
          : [],
      ),
    ),
  );
}

/** Human sections that a finished report cannot leave empty. */
const required: readonly SectionKey[] = ['problems', 'plans'];

export function emptyRequiredSections(sections: readonly ReportSection[]): readonly SectionKey[] {
  return sections.filter((section) => required.includes(section.key) && section.text.trim() === '').map((s) => s.key);
}
