import type { QuestionPlan } from './marking.api.js';

/** What a marker has typed, in points. A number field gives a number, an emptied one ''. */
export interface MarkForm {
  marks: string | number;
  points: (string | number)[];
  comment: string;
}

export interface GivenMark {
  readonly marks: number;
  readonly points?: readonly number[];
  readonly comment?: string;
}

export type MarkFault = 'range' | 'step';

export const startMark = (lines: number): MarkForm => ({
  marks: '',
  points: Array.from({ length: lines }, () => ''),
  comment: '',
});

const hundredths = (typed: string | number): number | null =>
  String(typed).trim() === '' || !Number.isFinite(Number(typed)) ? null : Math.round(Number(typed) * 100);

/** The mark in hundredths; null while something is open, and what is wrong otherwise. */
export function markOf(form: MarkForm, { rubric, step }: QuestionPlan, full: number): GivenMark | MarkFault | null {
  const typed = (rubric.length > 0 ? form.points : [form.marks]).map(hundredths);
  if (typed.some((value) => value === null)) return null;
  const values = typed as number[];
  const most = rubric.length > 0 ? rubric.map(({ points }) => points) : [full];
  if (values.some((value, at) => value < 0 || value > (most[at] ?? full))) return 'range';
  const marks = values.reduce((sum, value) => sum + value, 0);
  if (marks !== full && marks % step !== 0) return 'step';
  const comment = form.comment.trim();
  return { marks, ...(rubric.length > 0 ? { points: values } : {}), ...(comment ? { comment } : {}) };
}
