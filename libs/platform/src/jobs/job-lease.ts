import type { Instant } from '@xuekao/kernel';
import type { AppClock } from '../clock.js';
import type { JobStore } from './job.store.js';

export const leaseMs = 60_000;

/** Keeps a claimed job out of other workers' sight for as long as its handler runs. */
export class JobLease {
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: JobStore,
    private readonly clock: AppClock,
    private readonly jobId: string,
    private until: Instant,
  ) {}

  start(everyMs: number = leaseMs / 3): void {
    this.timer = setInterval(() => {
      this.renewing = this.renewing.then(() => this.renew());
    }, everyMs);
    this.timer.unref();
  }

  /** Stops renewing. Returns the instant that the row bears while the lease is still this one. */
  async end(): Promise<Instant> {
    clearInterval(this.timer);
    await this.renewing;
    return this.until;
  }

  /** A lease that could not be renewed runs out by itself: the job is then run again, which handlers must bear. */
  private async renew(): Promise<void> {
    const next = this.clock.now() + leaseMs;
    const isRenewed = await this.store.renew(this.jobId, this.until, next).catch(() => false);
    if (isRenewed) this.until = next;
  }
}
