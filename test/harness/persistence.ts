import { setTimeout as pause } from 'node:timers/promises';
import { RequestRefused } from './client.js';

/** Does the work again and again while the server is not there. A refusal is an answer and is thrown. */
export async function untilAnswered<T>(work: () => Promise<T>, withinMs = 60_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RequestRefused || Date.now() > until) throw error;
      await pause(40);
    }
  }
}
