import fc from 'fast-check';
import { offsetOf, withSample } from './clock-offset.js';
import type { TimeSample } from './clock-offset.js';

/** An exchange over a link with these two delays, the server's clock `trueOffset` ahead of the page's. */
function exchange(sentAt: number, there: number, back: number, trueOffset: number): TimeSample {
  const server = sentAt + there + trueOffset;
  return { sentAt, receivedAt: sentAt + there + back, serverReceivedAt: server, serverSentAt: server };
}

const delay = fc.integer({ min: 1, max: 2000 });
const link = fc.array(fc.tuple(delay, delay), { minLength: 1, maxLength: 20 });

describe('the offset to the server clock', () => {
  it('is unknown before the first exchange', () => {
    expect(offsetOf([])).toBeNull();
  });

  it('errs by at most half of the shortest round trip among the samples', () => {
    fc.assert(
      fc.property(link, fc.integer({ min: -1e9, max: 1e9 }), (delays, trueOffset) => {
        const samples = delays.map(([there, back], at) => exchange(at * 1000, there, back, trueOffset));
        const shortest = Math.min(...delays.map(([there, back]) => there + back));
        const { offsetMs, roundTripMs } = offsetOf(samples)!;
        expect(roundTripMs).toBe(shortest);
        expect(Math.abs(offsetMs - trueOffset)).toBeLessThanOrEqual(shortest / 2);
      }),
    );
  });

  it('does not count the time that the server held the message', () => {
    const sample = { sentAt: 0, receivedAt: 1020, serverReceivedAt: 5010, serverSentAt: 6010 };
    expect(offsetOf([sample])).toEqual({ offsetMs: 5000, roundTripMs: 20 });
  });

  it('forgets an old lucky sample once there are five fresh ones', () => {
    let samples: TimeSample[] = [exchange(0, 1, 1, 0)];
    for (let at = 1; at <= 5; at++) samples = withSample(samples, exchange(100_000 + at, 20, 20, 7));
    expect(offsetOf(samples)!.offsetMs).toBe(7);
    expect(samples).toHaveLength(5);
  });

  it('keeps old samples as long as there is nothing better', () => {
    const samples = withSample([exchange(0, 1, 1, 0)], exchange(100_000, 20, 20, 0));
    expect(offsetOf(samples)!.roundTripMs).toBe(2);
  });
});
