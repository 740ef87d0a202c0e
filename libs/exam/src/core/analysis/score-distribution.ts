import { median } from './moments.js';

/** Scores on the scale of 100, in hundredths. */
export interface ScoreSummary {
  readonly count: number;
  readonly passed: number;
  readonly excellent: number;
  /** Floored, as in result lists; null without scores. */
  readonly mean: number | null;
  readonly median: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  /** Ten bands of ten points: [0, 10), … [90, 100]. */
  readonly bands: readonly number[];
}

export function scoreSummary(scores: readonly number[], passLine: number, excellentLine: number): ScoreSummary {
  const bands = Array<number>(10).fill(0);
  for (const score of scores) bands[Math.min(9, Math.max(0, Math.floor(score / 1000)))]! += 1;
  const sum = scores.reduce((total, score) => total + score, 0);
  const count = scores.length;
  const middle = median(scores);
  return {
    count,
    passed: scores.filter((score) => score >= passLine).length,
    excellent: scores.filter((score) => score >= excellentLine).length,
    mean: count === 0 ? null : Math.floor(sum / count),
    median: middle === null ? null : Math.floor(middle),
    lowest: count === 0 ? null : scores.reduce((a, b) => Math.min(a, b)),
    highest: count === 0 ? null : scores.reduce((a, b) => Math.max(a, b)),
    bands,
  };
}
