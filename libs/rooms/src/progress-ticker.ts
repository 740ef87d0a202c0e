import type { Clock, Instant } from '@xuekao/kernel';
import { roomMetrics } from './room-metrics.js';
import { Alarm } from './timers.js';
import type { Timers } from './timers.js';

/** Nobody gets counters more often than twice a second, whatever a machine asks for. */
const fastestMs = 500;

/** Turns any number of changes into at most one tick per audience and interval; the last change is always followed by a tick. */
export class ProgressTicker {
  private readonly dirty = new Set<string>();
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
    for (const audience of Object.keys(this.audiences)) this.dirty.add(audience);
    this.arm();
  }

  stop(): void {
    this.dirty.clear();
    this.alarm.clear();
  }

  private dueAt(audience: string): Instant {
    const last = this.lastTickAt.get(audience);
    return last === undefined ? this.clock.now() : last + this.everyMs(audience);
  }

  private everyMs(audience: string): number {
    return Math.max(fastestMs, this.audiences[audience]?.progressMs ?? fastestMs);
  }

  private arm(): void {
    if (this.dirty.size === 0) return;
    const at = Math.min(...[...this.dirty].map((audience) => this.dueAt(audience)));
    this.alarm.setNoLater(this.clock.now(), at, () => this.run());
  }

  private run(): void {
    const now = this.clock.now();
    for (const audience of this.dirty) {
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
