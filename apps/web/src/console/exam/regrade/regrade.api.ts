import type { AppealState, MarkSource, MarkingRules, Page, RegradeKind, RegradeState } from '@xuekao/contracts';
import { get, post } from '../../../api/http.js';

export type RegradeRequestKind = Exclude<RegradeKind, 'reverse'>;

export interface ExamCounts {
  readonly sat: number;
  readonly waiting: number;
  readonly passed: number;
  readonly excellent: number;
  /** Sum of the best scores in hundredths. */
  readonly total: number;
}

export interface Regrade {
  readonly id: string;
  readonly kind: RegradeKind;
  readonly state: RegradeState;
  readonly numbers: readonly number[];
  readonly reason: string;
  readonly changedAttempts: number;
  readonly changedMarks: number;
  readonly flips: number;
  readonly before: ExamCounts;
  readonly after: ExamCounts;
  readonly proposerName: string;
  readonly proposedAt: number;
  readonly isOwn: boolean;
  readonly deciderName: string | null;
  readonly decidedAt: number | null;
  readonly reverseOf: string | null;
  readonly reversedBy: string | null;
}

export interface RegradeDetail {
  readonly run: Regrade;
  /** That it was begun from, or took the second marks of. */
  readonly appeals: readonly {
    readonly id: string;
    readonly name: string;
    readonly number: number;
    readonly reason: string;
    readonly state: AppealState;
  }[];
  readonly due: number;
  readonly passLine: number;
  readonly flips: readonly {
    readonly memberId: string;
    readonly staffNumber: string;
    readonly name: string;
    readonly unitName: string;
    readonly direction: 'to-pass' | 'to-fail';
    readonly oldScore: number | null;
    readonly newScore: number | null;
  }[];
}

export interface RegradedAttempt {
  readonly attemptId: string;
  readonly staffNumber: string;
  readonly name: string;
  readonly unitName: string;
  readonly oldRaw: number | null;
  readonly newRaw: number | null;
  readonly oldFull: number;
  readonly newFull: number;
  readonly oldScore: number | null;
  readonly newScore: number | null;
  readonly marks: readonly {
    readonly number: number;
    readonly oldMarks: number | null;
    readonly oldFull: number;
    readonly newMarks: number | null;
    readonly newFull: number;
    readonly decidedBy: MarkSource;
  }[];
}

export type CorrectedKey =
  | { readonly kind: 'choice'; readonly optionIds: readonly string[] }
  | { readonly kind: 'blank'; readonly accepted: readonly (readonly string[])[] };

export interface NewRegrade {
  readonly kind: RegradeRequestKind;
  readonly reason: string;
  readonly numbers?: readonly number[];
  readonly key?: CorrectedKey;
  readonly rules?: MarkingRules;
  /** The appeal that it is begun from. */
  readonly appealId?: string;
}

export const loadRegrades = (examId: string): Promise<{ items: Regrade[] }> => get(`/exams/${examId}/regrades`);
export const proposeRegrade = (examId: string, body: NewRegrade, idempotencyKey: string): Promise<Regrade> =>
  post(`/exams/${examId}/regrades`, body, { idempotencyKey });
export const loadRegrade = (id: string): Promise<RegradeDetail> => get(`/regrades/${id}`);
export const loadChanges = (id: string, cursor: string | null): Promise<Page<RegradedAttempt>> =>
  get(`/regrades/${id}/changes`, { query: { cursor, limit: 50 } });
export const confirmRegrade = (id: string): Promise<Regrade> => post(`/regrades/${id}/confirm`);
export const withdrawRegrade = (id: string): Promise<Regrade> => post(`/regrades/${id}/withdraw`);
export const reverseRegrade = (id: string, reason: string, idempotencyKey: string): Promise<Regrade> =>
  post(`/regrades/${id}/reverse`, { reason }, { idempotencyKey });
