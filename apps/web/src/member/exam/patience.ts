import { ProblemError } from '../../api/problem.js';
import { noteServerReached } from '../../app/connection.js';

const firstMs = 2_800;
const longestMs = 15_000;

/** Nobody answered in time; whether the server has it is not known, so the same thing is sent again. */
const timedOut = new ProblemError({
  type: 'about:blank',
  status: 0,
  code: 'client.timeout',
  title: '服务器没有及时应答',
  detail: '网络较慢或已断开，正在重试。',
});

/**
 * Waits for an answer: at first so shortly that a dead network shows within 3 s, then longer with every miss, so that a slow
 * one gets through in the end.
 */
export function patience() {
  let waitMs = firstMs;
  return async function withinReason<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        waitMs = Math.min(longestMs, waitMs * 2);
        noteServerReached(false);
        reject(timedOut);
        stop.abort();
      }, waitMs);
    });
    try {
      const answer = await Promise.race([work(stop.signal), tooLong]);
      waitMs = firstMs;
      return answer;
    } finally {
      clearTimeout(timer);
    }
  };
}
