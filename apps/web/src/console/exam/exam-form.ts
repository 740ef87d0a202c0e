import type { QuestionType } from '@xuekao/contracts';
import type { Values } from '../parts/fields.js';
import type { Exam, PaperPlan } from './exam.api.js';

export interface SectionForm {
  name: string;
  type: QuestionType;
  count: number;
  /** Points of one question. */
  points: number;
  topics: string[];
  difficulties: number[];
}

export interface ExamForm {
  values: Values;
  sections: SectionForm[];
  seed: string;
  /** Of an edit: draw a new paper instead of keeping the one there is. */
  isRedrawn: boolean;
}

export const emptySection = (type: QuestionType, name: string): SectionForm => ({
  name,
  type,
  count: 10,
  points: 2,
  topics: [],
  difficulties: [],
});

export const totalPoints = (sections: readonly SectionForm[]): number =>
  sections.reduce((sum, { count, points }) => sum + Math.round(count * points * 100), 0) / 100;

export function planOf(form: Pick<ExamForm, 'sections' | 'seed'>): PaperPlan {
  return {
    sections: form.sections.map(({ name, type, count, points, topics, difficulties }) => ({
      name: name.trim(),
      type,
      count,
      marks: Math.round(points * 100),
      ...(topics.length > 0 ? { topics } : {}),
      ...(difficulties.length > 0 ? { difficulties } : {}),
    })),
    ...(form.seed ? { seed: form.seed } : {}),
  };
}

const hundredths = (value: Values[string] | undefined): number => Math.round(Number(value ?? 0) * 100);

/** The fields that the server is sent beside the paper; lines are hundredths there and points in the form. */
export function inputOf(values: Values): Record<string, unknown> {
  const { passLine, excellentLine, rules, ...rest } = values;
  return {
    ...rest,
    passLine: hundredths(passLine),
    excellentLine: hundredths(excellentLine),
    ...(rules ? { rules } : {}),
  };
}

export function valuesOf(exam: Exam): Values {
  const { title, unitId, level, opensAt, closesAt, limitMinutes, attempts, review, book, multiplePolicy } = exam;
  const { shuffleQuestions, shuffleOptions, rules } = exam;
  return {
    title,
    unitId,
    level,
    opensAt,
    closesAt,
    limitMinutes,
    attempts,
    review,
    book,
    multiplePolicy,
    shuffleQuestions,
    shuffleOptions,
    rules: rules ?? '',
    passLine: exam.passLine / 100,
    excellentLine: exam.excellentLine / 100,
  };
}

export const startValues = (unitId: string | null): Values => ({
  title: '',
  unitId,
  level: 'own',
  opensAt: null,
  closesAt: null,
  limitMinutes: 60,
  attempts: 1,
  review: 'after-close',
  book: 'closed',
  multiplePolicy: 'all-or-nothing',
  shuffleQuestions: true,
  shuffleOptions: true,
  passLine: 80,
  excellentLine: 90,
  rules: '',
});
