/** One reading of the server's clock; `sentAt` and `receivedAt` are monotonic milliseconds of the page. */
export interface ClockSample {
  readonly serverMs: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** How coarse the reading is: 0 for milliseconds, 1000 for an HTTP Date header. */
  readonly resolutionMs: number;
}

const errorOf = (sample: ClockSample): number => (sample.receivedAt - sample.sentAt) / 2 + sample.resolutionMs;

/** The server's time at which the page's monotonic clock stood at zero. */
const originOf = (sample: ClockSample): number => sample.serverMs - (sample.sentAt + sample.receivedAt) / 2;

/** Drift of two quartz clocks over an exam, and the time a page takes to notice an answer. */
const toleranceMs = 500;

/** The sample with the least possible error, half the round trip plus its resolution; the newest of equals. */
export function bestSample(samples: readonly ClockSample[]): ClockSample | undefined {
  let best: ClockSample | undefined;
  for (const sample of samples) if (!best || errorOf(sample) <= errorOf(best)) best = sample;
  return best;
}

/** Those that can be true together with the newest: the monotonic clock of a device that slept may have stood still. */
export function consistentWithNewest(samples: readonly ClockSample[]): ClockSample[] {
  const newest = samples.at(-1);
  if (!newest) return [];
  return samples.filter(
    (sample) => Math.abs(originOf(sample) - originOf(newest)) <= errorOf(sample) + errorOf(newest) + toleranceMs,
  );
}
