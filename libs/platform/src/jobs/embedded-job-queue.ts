import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { AppClock } from '../clock.js';
import { runAs } from '../context.js';
import { JobQueue } from './job-queue.js';
import type { JobHandler, NewJob } from './job-queue.js';
import type { JobRow } from './job.entity.js';
import { JobStore } from './job.store.js';

const leaseMs = 60_000;
const pollMs = 1000;
const maxAttempts = 8;

/** Polls the `job` table in this process, and wakes at once for a job enqueued here. */
@Injectable()
export class EmbeddedJobQueue extends JobQueue implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: JobStore,
    private readonly clock: AppClock,
  ) {
    super();
  }

  handle(name: string, handler: JobHandler): void {
    if (this.handlers.has(name)) throw new Error(`Job ${name} has a handler already`);
    this.handlers.set(name, handler);
  }

  async enqueue(job: NewJob): Promise<void> {
    const now = this.clock.now();
    const row: JobRow = {
      id: newId(),
      name: job.name,
      jobKey: job.key ?? null,
      payload: job.payload,
      runAt: job.runAt ?? now,
      state: 'waiting',
      attempts: 0,
      lastError: null,
      createdAt: now,
      finishedAt: null,
      dispatchedAt: null,
    };
    await this.uow.run(async () => {
      await this.store.add(row);
      if (row.runAt <= now) this.uow.afterCommit(() => this.wake());
    });
  }

  onApplicationBootstrap(): void {
    if (this.handlers.size === 0) return;
    this.timer = setInterval(() => this.wake(), pollMs);
    this.timer.unref();
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private wake(): void {
    if (this.isStopped || !this.timer || this.running) return;
    this.running = this.runDue()
      .catch((error: unknown) => this.logger.error({ event: 'jobs.poll-failed', err: error }))
      .finally(() => {
        this.running = undefined;
      });
  }

  async runDue(): Promise<void> {
    for (;;) {
      const due = (await this.store.due(this.clock.now(), 50)).filter((job) => this.handlers.has(job.name));
      if (due.length === 0 || this.isStopped) return;
      for (const job of due) await this.runOne(job);
    }
  }

  private async runOne(job: JobRow): Promise<void> {
    const leaseUntil = this.clock.now() + leaseMs;
    if (!(await this.store.claim(job, leaseUntil))) return;
    const attempts = job.attempts + 1;
    try {
      await runAs(null, () => this.handlers.get(job.name)!(job.payload as never), job.id);
      await this.store.finish(job.id, leaseUntil, {
        state: 'done',
        jobKey: null,
        finishedAt: this.clock.now(),
        attempts,
      });
    } catch (error) {
      this.logger.error({ event: 'jobs.failed', job: job.name, jobId: job.id, attempts, err: error });
      const isLast = attempts >= maxAttempts;
      await this.store.finish(job.id, leaseUntil, {
        lastError: String(error),
        ...(isLast
          ? { state: 'failed', jobKey: null, finishedAt: this.clock.now() }
          : { runAt: this.clock.now() + Math.min(1000 * 2 ** attempts, 300_000) }),
      });
    }
  }
}
