import { defaultScoreThreshold, hourTargets } from '@xuekao/contracts';
import type { Area } from './area.js';
import type { YearFacts } from './facts.js';

/** Lines that a question names, in hundredths. */
export interface Thresholds {
  readonly atLeast: number;
  readonly memberHours: number;
  readonly committeeHours: number;
}

export const defaultThresholds: Thresholds = {
  atLeast: defaultScoreThreshold,
  memberHours: hourTargets.member,
  committeeHours: hourTargets.committee,
};

/** One question: the facts, the area and the lines. */
export interface Question {
  readonly facts: YearFacts;
  readonly area: Area;
  readonly thresholds: Thresholds;
}
