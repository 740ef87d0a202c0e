import { AsyncLocalStorage } from 'node:async_hooks';
import type { Instant } from '@xuekao/kernel';

export interface Timers {
  /**
   * Runs the action once, `inMs` from now at the earliest, or after what can be read in this turn of the event loop where that
   * is now; the returned function calls it off.
   */
  after(inMs: number, action: () => void): () => void;
}

/** Outside of any request: a batch belongs to no one caller, so neither his identity nor his transaction may leak into it. */
export const detached = AsyncLocalStorage.snapshot();

const longestMs = 2_147_483_647;

export const realTimers: Timers = {
  after(inMs, action) {
    if (inMs <= 0) {
      const next = detached(() => setImmediate(action));
      return () => clearImmediate(next);
    }
    const timer = detached(() => setTimeout(action, Math.min(inMs, longestMs)));
    return () => clearTimeout(timer);
  },
};

/** One thing that is to happen at an instant; setting it again replaces it. */
export class Alarm {
  private cancel: (() => void) | null = null;
  private dueAt: Instant | null = null;

  constructor(private readonly timers: Timers) {}

  get isSet(): boolean {
    return this.dueAt !== null;
  }

  set(now: Instant, at: Instant, action: () => void): void {
    this.clear();
    this.dueAt = at;
    this.cancel = this.timers.after(at - now, () => {
      this.dueAt = null;
      this.cancel = null;
      action();
    });
  }

  /** Like `set`, unless it is set already for that instant or an earlier one. */
  setNoLater(now: Instant, at: Instant, action: () => void): void {
    if (this.dueAt === null || this.dueAt > at) this.set(now, at, action);
  }

  clear(): void {
    this.cancel?.();
    this.cancel = null;
    this.dueAt = null;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
