import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock } from '../clock.js';
import { JobStore } from '../jobs/job.store.js';
import { StoredJobQueue } from '../jobs/stored-job-queue.js';
import { WakeSignal } from '../wake-signal.js';

/** Writes the row and signals the workers; in a worker, {@link BullWorker} calls `take` when BullMQ says a job is due. */
@Injectable()
export class BullJobQueue extends StoredJobQueue {
  constructor(
    uow: UnitOfWork,
    store: JobStore,
    clock: AppClock,
    private readonly signal: WakeSignal,
  ) {
    super(uow, store, clock);
  }

  protected announce(): void {
    this.signal.send('jobs');
  }

  /**
   * Runs the job as it stood when it was pushed. Returns the milliseconds to wait where BullMQ's clock is ahead of ours;
   * 0 where the job was run, was taken by another worker, or has another time by now and was or will be pushed for it.
   */
  async take(id: string, runAt: Instant): Promise<number> {
    const job = await this.store.find(id);
    if (!job || !this.canRun(job) || job.state !== 'waiting' || job.runAt !== runAt) return 0;
    const early = runAt - this.clock.now();
    if (early <= 0) await this.runOne(job);
    return Math.max(0, early);
  }
}
