import type { Instant } from '@xuekao/kernel';
import type { HostLimits } from './host-needs.js';

/** Where commands are few, three parts of four of a busy room's time stay free of writing. */
const restShare = 3;
/** So many commands for each millisecond that a row takes are worth one, and so many at least, however short the pause was. */
const companyPerMs = 4;
const leastCompany = 8;
/** So many commands in so short a time are a rush: the whole hall answers. */
const rushCommands = 40;
const rushWindowMs = 250;
const rushMs = 500;

/**
 * When the next batch is due. The first command after a quiet time waits 2 ms only; while commands keep coming, the pause
 * grows with what the last batch took, up to `batchMs`, so that rows stay few. Company ends the pause: where a whole hall
 * answers, each batch is written as soon as the one before it is.
 */
export class Pace {
  private restUntil: Instant = -Infinity;
  private company = Infinity;
  private rushUntil: Instant = -Infinity;
  private windowAt: Instant = -Infinity;
  private inWindow = 0;

  constructor(private readonly limits: Pick<HostLimits, 'quietMs' | 'batchMs'>) {}

  /** Due time of a batch whose oldest command came at `oldestAt`. */
  dueAt(oldestAt: Instant): Instant {
    const { quietMs, batchMs } = this.limits;
    return Math.min(Math.max(oldestAt + quietMs, this.restUntil), oldestAt + batchMs);
  }

  /** True where so many wait that the pause after the last batch is over. */
  isCompany(waiting: number, now: Instant): boolean {
    return waiting >= this.company && now < this.restUntil;
  }

  /** Takes note of a batch of so many commands. Clocks tell whole milliseconds, so a started one counts. */
  wrote(startedAt: Instant, endedAt: Instant, commands: number): void {
    const tookMs = Math.max(0, endedAt - startedAt) + 0.5;
    this.restUntil = endedAt + Math.min(this.limits.batchMs, tookMs * restShare);
    this.company = Math.max(leastCompany, tookMs * companyPerMs);
    if (endedAt - this.windowAt > rushWindowMs) {
      this.windowAt = endedAt;
      this.inWindow = 0;
    }
    this.inWindow += commands;
    if (this.inWindow >= rushCommands) this.rushUntil = endedAt + rushMs;
  }

  /** What is not for this moment, such as counters for the whole hall, can wait until the hall has answered. */
  isRush(now: Instant): boolean {
    return now < this.rushUntil;
  }
}
