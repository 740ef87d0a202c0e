/** Round trips of one connection as the server measured them, newest last. */
export interface RttSamples {
  readonly recent: readonly number[];
  /** The shortest since the connection began: a link does not get shorter than its way. */
  readonly leastMs: number;
  readonly count: number;
}

export const noRtt: RttSamples = { recent: [], leastMs: Infinity, count: 0 };

const keptSamples = 24;
/** Below so many samples nothing is known, and nothing credited. */
export const enoughRtt = 3;
/** How far above the shortest round trip a jittering link may be taken. Half of it is what late acknowledgements can gain. */
export const jitterMostMs = 8;
/** An answer that takes longer than this is no sample. */
export const longestRttMs = 2_000;

export function withRtt(samples: RttSamples, rttMs: number): RttSamples {
  if (!(rttMs >= 0) || rttMs > longestRttMs) return samples;
  const recent = [...samples.recent, rttMs].slice(-keptSamples);
  return { recent, leastMs: Math.min(samples.leastMs, rttMs), count: samples.count + 1 };
}

/**
 * The round trip that a press may be credited by: what nine of ten recent samples stay under, at most `jitterMostMs` above the
 * shortest since the connection began. Null below `enoughRtt` samples. Delaying some answers thus gains next to nothing, and
 * hastening them only loses.
 */
export function creditableRtt({ recent, leastMs, count }: RttSamples): number | null {
  if (count < enoughRtt) return null;
  const ordered = recent.toSorted((a, b) => a - b);
  const high = ordered[Math.floor((ordered.length - 1) * 0.9)] ?? leastMs;
  return Math.min(high, leastMs + jitterMostMs);
}
