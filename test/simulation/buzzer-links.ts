import { creditableRtt, noRtt, offsetOf, withRtt, withSample } from '@xuekao/live/core';
import type { TimeSample } from '@xuekao/live/core';
import type { Rng } from '@xuekao/kernel';

/** A device and its way to the server. Delays are one way, in milliseconds. */
export interface Link {
  readonly upMs: number;
  readonly downMs: number;
  /** Mean of the exponential delay that each packet meets besides. */
  readonly jitterMs: number;
  /** Share of packets that are lost once and come 200 to 400 ms later. */
  readonly lossShare: number;
  /** The device's monotonic clock at server time 0, and its drift. */
  readonly clockOffsetMs: number;
  readonly driftPpm: number;
}

export interface LinkRange {
  readonly rttLeastMs: number;
  readonly rttMostMs: number;
  readonly jitterMostMs: number;
  /** 0: both ways take the same time; 0.1: one takes up to 55 % of the round trip. */
  readonly asymmetry: number;
  readonly lossShare: number;
}

export const hallLinks: LinkRange = {
  rttLeastMs: 10,
  rttMostMs: 300,
  jitterMostMs: 8,
  asymmetry: 0.04,
  lossShare: 0.0005,
};

const between = (rng: Rng, least: number, most: number): number => least + rng.next() * (most - least);

export function aLink(rng: Rng, range: LinkRange): Link {
  const rttMs = between(rng, range.rttLeastMs, range.rttMostMs);
  const upShare = 0.5 + between(rng, -range.asymmetry, range.asymmetry) / 2;
  return {
    upMs: rttMs * upShare,
    downMs: rttMs * (1 - upShare),
    jitterMs: between(rng, 1, range.jitterMostMs),
    lossShare: range.lossShare,
    clockOffsetMs: between(rng, -1e7, 1e7),
    driftPpm: between(rng, -100, 100),
  };
}

export function delayOf(rng: Rng, link: Link, way: 'upMs' | 'downMs'): number {
  const jitter = -Math.log(1 - rng.next()) * link.jitterMs;
  const loss = rng.next() < link.lossShare ? between(rng, 200, 400) : 0;
  return link[way] + jitter + loss;
}

export const deviceTime = (link: Link, serverMs: number): number =>
  serverMs * (1 + link.driftPpm / 1e6) + link.clockOffsetMs;

/** The offset a page holds at `nowMs`: five exchanges at its start, then one every 15 s. */
export function heldOffset(rng: Rng, link: Link, nowMs: number): number {
  const sinceLastMs = between(rng, 0, 15_000);
  let samples: TimeSample[] = [];
  const at = [0, 1, 2, 3, 4].map((n) => nowMs - sinceLastMs - 60_000 + n * 200);
  for (let n = 3; n >= 0; n--) at.push(nowMs - sinceLastMs - n * 15_000);
  for (const sentAt of at) {
    const server = sentAt + delayOf(rng, link, 'upMs');
    const back = server + delayOf(rng, link, 'downMs');
    samples = withSample(samples, {
      sentAt: deviceTime(link, sentAt),
      receivedAt: deviceTime(link, back),
      serverReceivedAt: Math.floor(server),
      serverSentAt: Math.floor(server),
    });
  }
  return offsetOf(samples)?.offsetMs ?? 0;
}

/** The creditable round trip after `probes` probes; `held` is what the device adds to each answer, one number per probe. */
export function measuredRtt(
  rng: Rng,
  link: Link,
  probes = 24,
  held: (probe: number) => number = () => 0,
): number | null {
  let samples = noRtt;
  for (let probe = 0; probe < probes; probe++) {
    const rtt = delayOf(rng, link, 'downMs') + delayOf(rng, link, 'upMs');
    samples = withRtt(samples, rtt + held(probe));
  }
  return creditableRtt(samples);
}
