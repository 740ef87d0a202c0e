import type { MarkingRules, QuestionKey } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

/** What was decided for one question after the exam. */
export type MarkingAct =
  | { readonly kind: 'void' }
  | { readonly kind: 'give-all' }
  /** `versionId`: the corrected version, where there is one. */
  | { readonly kind: 'key'; readonly key: QuestionKey; readonly versionId: string | null };

/** By number on the paper. */
export type MarkingActs = Readonly<Record<string, MarkingAct>>;

/** Void or given to all; another key leaves a question to be answered. */
export const endsQuestion = (act: MarkingAct | undefined): boolean => act?.kind === 'void' || act?.kind === 'give-all';

/** How an exam is marked now. Rules of null: as its own row says. */
export interface MarkingState {
  readonly rules: MarkingRules | null;
  readonly acts: MarkingActs;
}

/** The marking without what was decided for a question. Refuses where it was neither void nor given to all. */
export function withoutAct(state: MarkingState, number: number): MarkingState | Refusal {
  const { [String(number)]: act, ...acts } = state.acts;
  return endsQuestion(act) ? { ...state, acts } : refuse('exam.question.not-decided', { number });
}
