import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock } from '../clock.js';
import type { JobRow } from './job.entity.js';
import { JobStore } from './job.store.js';
import { StoredJobQueue } from './stored-job-queue.js';

const pollMs = 1000;

/** Polls the `job` table in this process, and wakes at once for a job enqueued here. */
@Injectable()
export class EmbeddedJobQueue extends StoredJobQueue implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(uow: UnitOfWork, store: JobStore, clock: AppClock) {
    super(uow, store, clock);
  }

  onApplicationBootstrap(): void {
    if (!this.hasHandlers) return;
    this.timer = setInterval(() => this.wake(), pollMs);
    this.timer.unref();
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  protected announce(job: JobRow): void {
    if (job.runAt <= job.createdAt) this.wake();
  }

  private wake(): void {
    if (this.isStopped || !this.timer || this.running) return;
    this.running = this.runDue()
      .catch((error: unknown) => this.logger.error({ event: 'jobs.poll-failed', err: error }))
      .finally(() => {
        this.running = undefined;
      });
  }
}
