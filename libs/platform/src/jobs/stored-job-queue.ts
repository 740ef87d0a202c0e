import { Logger } from '@nestjs/common';
import type { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import type { AppClock } from '../clock.js';
import { runAs } from '../context.js';
import { JobLease, leaseMs } from './job-lease.js';
import { JobQueue } from './job-queue.js';
import type { JobHandler, NewJob } from './job-queue.js';
import type { JobRow } from './job.entity.js';
import type { JobStore } from './job.store.js';

const maxAttempts = 8;

/** What both twins share: the `job` row is the truth, and whoever claims it runs it. */
export abstract class StoredJobQueue extends JobQueue {
  protected readonly logger = new Logger('jobs');
  private readonly handlers = new Map<string, JobHandler>();
  protected isStopped = false;

  protected constructor(
    protected readonly uow: UnitOfWork,
    protected readonly store: JobStore,
    protected readonly clock: AppClock,
  ) {
    super();
  }

  /** Called after the commit of a job. */
  protected abstract announce(job: JobRow): void;

  get hasHandlers(): boolean {
    return this.handlers.size > 0;
  }

  protected canRun(job: JobRow): boolean {
    return this.handlers.has(job.name);
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
      payload: job.payload ?? {},
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
      this.uow.afterCommit(() => this.announce(row));
    });
  }

  async runDue(): Promise<void> {
    for (;;) {
      const due = (await this.store.due(this.clock.now(), 50)).filter((job) => this.canRun(job));
      if (due.length === 0 || this.isStopped) return;
      for (const job of due) await this.runOne(job);
    }
  }

  /** Runs the job where this process gets it. Never throws for the handler's failure: the row is tried again later. */
  protected async runOne(job: JobRow): Promise<void> {
    const claimedUntil = this.clock.now() + leaseMs;
    if (!(await this.store.claim(job, claimedUntil))) return;
    const lease = new JobLease(this.store, this.clock, job.id, claimedUntil);
    lease.start();
    const attempts = job.attempts + 1;
    const outcome = await this.outcomeOf(job, attempts);
    await this.store.finish(job.id, await lease.end(), outcome);
  }

  private async outcomeOf(job: JobRow, attempts: number): Promise<Partial<JobRow>> {
    try {
      await runAs(null, () => this.handlers.get(job.name)!(job.payload as never), job.id);
      return { state: 'done', jobKey: null, finishedAt: this.clock.now(), attempts };
    } catch (error) {
      this.logger.error({ event: 'jobs.failed', job: job.name, jobId: job.id, attempts, err: error });
      const lastError = String(error);
      if (attempts >= maxAttempts) return { lastError, state: 'failed', jobKey: null, finishedAt: this.clock.now() };
      const runAt = this.clock.now() + Math.min(1000 * 2 ** attempts, 300_000);
      return { lastError, runAt, dispatchedAt: null };
    }
  }
}
