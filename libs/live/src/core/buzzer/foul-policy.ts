import { assertNever } from '@xuekao/kernel';
import type { FoulRules } from './buzz-rules.js';

export interface FoulOutcome {
  /** Hundredths, zero or negative. */
  readonly points: number;
  /** For how long the team may not press again. */
  readonly bars: 'nothing' | 'question' | 'round';
  readonly voidsQuestion: boolean;
}

/** What follows from a team's nth early press of a round (from 1). Source: live.md §5, 违规抢答. */
export function foulOutcome(rules: FoulRules, foulNumber: number): FoulOutcome {
  const { policy, penalty, repeatPenalty } = rules;
  switch (policy) {
    case 'V1':
      return { points: fine(penalty), bars: 'question', voidsQuestion: true };
    case 'V2':
      return { points: fine(penalty), bars: 'question', voidsQuestion: false };
    case 'V3':
      return { points: foulNumber > 1 ? fine(repeatPenalty) : 0, bars: 'question', voidsQuestion: false };
    case 'V4':
      return {
        points: foulNumber === 2 ? fine(repeatPenalty) : 0,
        bars: foulNumber > 2 ? 'round' : 'question',
        voidsQuestion: false,
      };
    case 'V5':
      return { points: 0, bars: 'nothing', voidsQuestion: false };
    default:
      return assertNever(policy);
  }
}

/** Never minus zero: it would not survive the log. */
const fine = (points: number): number => (points === 0 ? 0 : -points);
