import type { Clock, Instant } from '@xuekao/kernel';
import { roomMetrics } from './room-metrics.js';
import { Alarm } from './timers.js';
import type { Timers } from './timers.js';

/** Nobody gets counters more often than twice a second, whatever a machine asks for. */
const fastestMs = 500;
/** Audiences with rarer counters are whole halls: their first counter gives the hall time to answer. */
const hallMs = 1_000;

/** Turns any number of changes into at most one tick per audience and interval; the last change is always followed by a tick. */
export class ProgressTicker {
  /** Audiences that have not heard of the last change, and since when. */
  private readonly dirty = new Map<string, Instant>();
  private readonly lastTickAt = new Map<string, Instant>();
  private readonly alarm: Alarm;

  constructor(
    private readonly clock: Clock,
    timers: Timers,
    private readonly audiences: Readonly<Record<string, { readonly progressMs: number }>>,
    /** False where the tick had better wait. */
    private readonly tick: (audience: string) => boolean,
  ) {
    this.alarm = new Alarm(timers);
  }

  changed(): void {
    const now = this.clock.now();
    for (const audience of Object.keys(this.audiences)) {
      if (!this.dirty.has(audience)) this.dirty.set(audience, now);
    }
    this.arm();
  }

  stop(): void {
    this.dirty.clear();
    this.alarm.clear();
  }

  private dueAt(audience: string): Instant {
    const everyMs = this.everyMs(audience);
    const soonest = (this.dirty.get(audience) ?? 0) + (everyMs >= hallMs ? hallMs : 0);
    return Math.max(soonest, (this.lastTickAt.get(audience) ?? -Infinity) + everyMs);
  }

  private everyMs(audience: string): number {
    return Math.max(fastestMs, this.audiences[audience]?.progressMs ?? fastestMs);
  }

  private arm(): void {
    if (this.dirty.size === 0) return;
    const at = Math.min(...[...this.dirty.keys()].map((audience) => this.dueAt(audience)));
    this.alarm.setNoLater(this.clock.now(), at, () => this.run());
  }

  private run(): void {
    const now = this.clock.now();
    for (const audience of this.dirty.keys()) {
      if (this.dueAt(audience) > now) continue;
      if (this.tick(audience)) {
        this.dirty.delete(audience);
        this.lastTickAt.set(audience, now);
      } else {
        roomMetrics.droppedTicks.inc();
        this.lastTickAt.set(audience, now + fastestMs - this.everyMs(audience));
      }
    }
    this.arm();
  }
}
