import type { Difficulty, SectionType } from '@xuekao/contracts';
import { difficulties } from '@xuekao/contracts';
import type { Values } from '../parts/fields.js';
import type { DrawPlan, Exam, Paper, PaperPlan } from './exam.api.js';
import { type HandQuestion, picksOf } from './hand/hand-form.js';

export interface SectionForm {
  name: string;
  type: SectionType;
  /** Questions; of a section of materials, materials. */
  count: number;
  /** Points of one question. */
  points: number;
  /** Of a section of materials: exactly so many questions about each; null for any number. */
  questionsEach: number | null;
  topics: string[];
  difficulties: number[];
  /** So many of each difficulty instead of any of `difficulties`; null where it is not shared out. */
  mix: Record<Difficulty, number> | null;
  /** Codes that must come. */
  must: string[];
}

export interface ExamForm {
  values: Values;
  /** Drawn from the bank by `sections`, or the questions of `hand`. */
  way: 'draw' | 'hand';
  hand: HandQuestion[];
  sections: SectionForm[];
  /** Codes that must not come. */
  mustNot: string[];
  seed: string;
  /** Of an edit: draw a new paper instead of keeping the one there is. */
  isRedrawn: boolean;
}

export const emptySection = (type: SectionType, name: string): SectionForm => ({
  name,
  type,
  count: type === 'material' ? 1 : 10,
  points: 2,
  questionsEach: null,
  topics: [],
  difficulties: [],
  mix: null,
  must: [],
});

export const levels = Object.keys(difficulties).map((level) => Number(level) as Difficulty);

/** A count shared out over the difficulties as evenly as it goes, the middle one first. */
export function evenMix(count: number): Record<Difficulty, number> {
  const each = Math.floor(count / 3);
  const rest = count - each * 3;
  return { 1: each + (rest > 1 ? 1 : 0), 2: each + (rest > 0 ? 1 : 0), 3: each };
}

export const mixSum = (mix: Record<Difficulty, number>): number => levels.reduce((sum, level) => sum + mix[level], 0);

export interface PlannedSum {
  readonly count: number;
  readonly points: number;
  /** Materials of which the draw says how many questions they have: neither counted nor summed up. */
  readonly openMaterials: number;
}

/** Questions and points of the sections, as far as they are known before the draw. */
export function plannedSum(
  sections: readonly Pick<SectionForm, 'type' | 'count' | 'points' | 'questionsEach'>[],
): PlannedSum {
  let [count, marks, openMaterials] = [0, 0, 0];
  for (const section of sections) {
    const each = section.type === 'material' ? section.questionsEach : 1;
    if (!each) openMaterials += section.count;
    else {
      count += section.count * each;
      marks += Math.round(section.count * each * section.points * 100);
    }
  }
  return { count, points: marks / 100, openMaterials };
}

/** A draft of an older form may lack what was added since. */
type Drafted = Pick<ExamForm, 'seed'> & {
  readonly sections: readonly (Omit<SectionForm, 'mix' | 'must' | 'questionsEach'> &
    Partial<Pick<SectionForm, 'mix' | 'must' | 'questionsEach'>>)[];
  readonly mustNot?: readonly string[];
};

export const paperPlanOf = (form: ExamForm): PaperPlan =>
  form.way === 'hand' ? { picks: picksOf(form.hand) } : planOf(form);

export function planOf({ sections, mustNot = [], seed }: Drafted): DrawPlan {
  return {
    sections: sections.map(
      ({ name, type, count, points, questionsEach, topics, difficulties: any, mix, must = [] }) => ({
        name: name.trim(),
        type,
        count,
        marks: Math.round(points * 100),
        ...(type === 'material' && questionsEach ? { questionsEach } : {}),
        ...(topics.length > 0 ? { topics } : {}),
        ...(mix ? { mix } : any.length > 0 ? { difficulties: any } : {}),
        ...(must.length > 0 ? { must } : {}),
      }),
    ),
    ...(mustNot.length > 0 ? { mustNot } : {}),
    ...(seed.trim() ? { seed: seed.trim() } : {}),
  };
}

/** The blueprint that a paper was drawn from, to be changed and drawn again; null of a paper made by hand. */
export function sectionsOf({ sections }: Pick<Paper, 'sections'>): SectionForm[] | null {
  return (
    sections?.map(({ name, type, count, marks, questionsEach = null, topics, difficulties: any, mix, must }) => ({
      name,
      type,
      count,
      points: marks / 100,
      questionsEach,
      topics: [...(topics ?? [])],
      difficulties: [...(any ?? [])],
      mix: mix ? { 1: mix[1] ?? 0, 2: mix[2] ?? 0, 3: mix[3] ?? 0 } : null,
      must: [...(must ?? [])],
    })) ?? null
  );
}

const hundredths = (value: Values[string] | undefined): number => Math.round(Number(value ?? 0) * 100);

/** The fields that the server is sent beside the paper; lines are hundredths there and points in the form. */
export function inputOf(values: Values): Record<string, unknown> {
  const { passLine, excellentLine, graceSeconds, rules, ...rest } = values;
  return {
    ...rest,
    passLine: hundredths(passLine),
    excellentLine: hundredths(excellentLine),
    ...(typeof graceSeconds === 'number' ? { graceMs: Math.round(graceSeconds * 1000) } : {}),
    ...(rules ? { rules } : {}),
  };
}

export function valuesOf(exam: Exam): Values {
  const { title, unitId, level, opensAt, closesAt, limitMinutes, attempts, review, book, multiplePolicy } = exam;
  const { attemptPolicy, shuffleQuestions, shuffleOptions, rules } = exam;
  return {
    title,
    unitId,
    level,
    opensAt,
    closesAt,
    limitMinutes,
    attempts,
    attemptPolicy,
    review,
    book,
    multiplePolicy,
    shuffleQuestions,
    shuffleOptions,
    rules: rules ?? '',
    passLine: exam.passLine / 100,
    excellentLine: exam.excellentLine / 100,
    graceSeconds: exam.graceMs / 1000,
  };
}

export const startValues = (unitId: string | null): Values => ({
  title: '',
  unitId,
  level: 'own',
  opensAt: null,
  closesAt: null,
  limitMinutes: 60,
  graceSeconds: 10,
  attempts: 1,
  attemptPolicy: 'best',
  review: 'after-close',
  book: 'closed',
  multiplePolicy: 'all-or-nothing',
  shuffleQuestions: true,
  shuffleOptions: true,
  passLine: 80,
  excellentLine: 90,
  rules: '',
});
