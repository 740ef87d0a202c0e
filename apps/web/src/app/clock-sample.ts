/** One reading of the server's clock; `sentAt` and `receivedAt` are monotonic milliseconds of the page. */
export interface ClockSample {
  readonly serverMs: number;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** How coarse the reading is: 0 for milliseconds, 1000 for an HTTP Date header. */
  readonly resolutionMs: number;
}

const errorOf = (sample: ClockSample): number => (sample.receivedAt - sample.sentAt) / 2 + sample.resolutionMs;

/** The sample with the least possible error, half the round trip plus its resolution; the newest of equals. */
export function bestSample(samples: readonly ClockSample[]): ClockSample | undefined {
  let best: ClockSample | undefined;
  for (const sample of samples) if (!best || errorOf(sample) <= errorOf(best)) best = sample;
  return best;
}
