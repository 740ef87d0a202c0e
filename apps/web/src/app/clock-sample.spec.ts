import { bestSample, type ClockSample, consistentWithNewest } from './clock-sample.js';

const sample = (part: Partial<ClockSample>): ClockSample => ({
  serverMs: 0,
  sentAt: 0,
  receivedAt: 0,
  resolutionMs: 0,
  ...part,
});

describe('the reading of the server clock that is trusted', () => {
  it('is none before the first answer', () => {
    expect(bestSample([])).toBeUndefined();
  });

  it('is the one with the shortest round trip', () => {
    const slow = sample({ serverMs: 1, receivedAt: 800 });
    const quick = sample({ serverMs: 2, sentAt: 1000, receivedAt: 1040 });
    expect(bestSample([quick, slow])).toBe(quick);
  });

  it('prefers a millisecond reading over a header that is cut to seconds', () => {
    const header = sample({ serverMs: 1, receivedAt: 10, resolutionMs: 1000 });
    const body = sample({ serverMs: 2, receivedAt: 600 });
    expect(bestSample([body, header])).toBe(body);
  });

  it('takes the newer of two that are equally good', () => {
    const older = sample({ serverMs: 1, receivedAt: 20 });
    const newer = sample({ serverMs: 2, sentAt: 100, receivedAt: 120 });
    expect(bestSample([older, newer])).toBe(newer);
  });
});

describe('readings before a device slept', () => {
  it('are dropped when the monotonic clock stood still meanwhile, however exact they were', () => {
    const exact = sample({ serverMs: 100_000, sentAt: 1000, receivedAt: 1010 });
    const afterSleep = sample({ serverMs: 700_000, sentAt: 2000, receivedAt: 2400 });
    expect(consistentWithNewest([exact, afterSleep])).toEqual([afterSleep]);
  });

  it('stay when they agree with the newest one within what both may err', () => {
    const header = sample({ serverMs: 100_900, sentAt: 1000, receivedAt: 1010, resolutionMs: 1000 });
    const later = sample({ serverMs: 101_000, sentAt: 2000, receivedAt: 2010 });
    expect(consistentWithNewest([header, later])).toEqual([header, later]);
  });
});
