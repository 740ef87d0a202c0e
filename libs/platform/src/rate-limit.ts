import { Injectable } from '@nestjs/common';
import { AppClock } from './clock.js';

/** Port: how often something may happen, counted over all processes of the installation. */
export abstract class RateLimiter {
  /** Counts one act of `key` in a fixed window. Returns 0 where it is allowed, else the seconds to wait. */
  abstract hit(key: string, limit: number, windowMs: number): Promise<number>;
}

/** The embedded twin: one process, so a map is the whole truth. Forgets windows that have passed. */
@Injectable()
export class EmbeddedRateLimiter extends RateLimiter {
  private readonly windows = new Map<string, { readonly endsAt: number; count: number }>();
  private nextSweepAt = 0;

  constructor(private readonly clock: AppClock) {
    super();
  }

  async hit(key: string, limit: number, windowMs: number): Promise<number> {
    const now = this.clock.now();
    this.sweep(now);
    let window = this.windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + windowMs, count: 0 };
      this.windows.set(key, window);
    }
    window.count += 1;
    return window.count <= limit ? 0 : Math.ceil((window.endsAt - now) / 1000);
  }

  private sweep(now: number): void {
    if (now < this.nextSweepAt) return;
    this.nextSweepAt = now + 60_000;
    for (const [key, window] of this.windows) if (window.endsAt <= now) this.windows.delete(key);
  }
}
