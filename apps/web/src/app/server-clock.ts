import { ref } from 'vue';
import { bestSample, type ClockSample, consistentWithNewest } from './clock-sample.js';

let samples: ClockSample[] = [];
/** Rises with each better estimate, so that what is computed from the server's time is computed again. */
const revision = ref(0);

/**
 * Takes a reading of the server's clock: its time in ms, and the page's monotonic time at sending and receiving.
 * `resolutionMs` is 1000 for an HTTP Date header.
 */
export function observeServerTime(serverMs: number, sentAt: number, receivedAt: number, resolutionMs = 0): void {
  samples = consistentWithNewest([...samples.slice(-11), { serverMs, sentAt, receivedAt, resolutionMs }]);
  revision.value += 1;
}

/** The server's time in ms. The device's clock is only used before the first answer of the server. */
export function serverNow(): number {
  void revision.value;
  const best = bestSample(samples);
  if (!best) return Date.now();
  return best.serverMs + (performance.now() - (best.sentAt + best.receivedAt) / 2);
}
