import { regradeKinds } from '@xuekao/contracts';
import type { RegradeKind, ReviewFacet } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';

/** What a member is told of a regrade that changed his result. */
export interface CorrectionNews {
  /** Of the run. */
  readonly id: string;
  readonly reason: string;
  readonly at: Instant;
}

export interface AppliedCorrection extends CorrectionNews {
  readonly kind: RegradeKind;
}

/** The organiser's words may name the key: as long as that may not be seen, the kind stands for them. */
export function correctionTold(
  { id, kind, reason, at }: AppliedCorrection,
  shown: ReadonlySet<ReviewFacet>,
): CorrectionNews {
  return { id, reason: shown.has('key') ? reason : regradeKinds[kind], at };
}
