/** One exchange of `time:sync`. `sentAt` and `receivedAt` are monotonic milliseconds of the page, the others the server's clock. */
export interface TimeSample {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly serverReceivedAt: number;
  readonly serverSentAt: number;
}

export interface ClockOffset {
  /** Server time minus the page's monotonic time. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** So many samples make an offset that a countdown may trust. Source: live.md §1 no. 5. */
export const enoughSamples = 5;
const keptSamples = 12;
/** Quartz of a phone drifts by some 50 µs a second: older samples are worse than none once there are newer ones. */
const freshMs = 60_000;

const roundTripOf = ({ sentAt, receivedAt, serverReceivedAt, serverSentAt }: TimeSample): number =>
  receivedAt - sentAt - (serverSentAt - serverReceivedAt);

/** The newest samples, those of the last minute alone as soon as there are enough of them. */
export function withSample(samples: readonly TimeSample[], sample: TimeSample): TimeSample[] {
  const newest = [...samples, sample].slice(-keptSamples);
  const fresh = newest.filter(({ receivedAt }) => sample.receivedAt - receivedAt <= freshMs);
  return fresh.length >= enoughSamples ? fresh : newest;
}

/** The offset of the sample with the shortest round trip, whose error is at most half of it; null without samples. */
export function offsetOf(samples: readonly TimeSample[]): ClockOffset | null {
  let best: TimeSample | undefined;
  for (const sample of samples) if (!best || roundTripOf(sample) <= roundTripOf(best)) best = sample;
  if (!best) return null;
  const { sentAt, receivedAt, serverReceivedAt, serverSentAt } = best;
  return {
    offsetMs: (serverReceivedAt + serverSentAt) / 2 - (sentAt + receivedAt) / 2,
    roundTripMs: roundTripOf(best),
  };
}
