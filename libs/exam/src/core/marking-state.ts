import type { MarkingRules, QuestionKey } from '@xuekao/contracts';

/** What was decided for one question after the exam. */
export type MarkingAct =
  | { readonly kind: 'void' }
  | { readonly kind: 'give-all' }
  /** `versionId`: the corrected version, where there is one. */
  | { readonly kind: 'key'; readonly key: QuestionKey; readonly versionId: string | null };

/** By number on the paper. */
export type MarkingActs = Readonly<Record<string, MarkingAct>>;

/** How an exam is marked now. Rules of null: as its own row says. */
export interface MarkingState {
  readonly rules: MarkingRules | null;
  readonly acts: MarkingActs;
}
