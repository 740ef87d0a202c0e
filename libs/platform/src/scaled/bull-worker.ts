import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue, Worker } from 'bullmq';
import { AppClock } from '../clock.js';
import type { JobRow } from '../jobs/job.entity.js';
import { WakeSignal } from '../wake-signal.js';
import { BullJobQueue } from './bull-job-queue.js';
import { JobPushStore } from './job-push.store.js';
import { RedisConnections } from './redis-connections.js';

const queueName = 'jobs';
const pollMs = 1000;
const batch = 100;
const concurrency = 4;
/** A job that is this late was lost on the way: Redis was emptied, or the worker that had it died. */
const lostAfterMs = 15_000;
const stopWithinMs = 20_000;
const stopWithoutRedisMs = 1000;

interface Push {
  readonly id: string;
  readonly runAt: number;
}

/** In the worker: pushes job rows to BullMQ and runs what BullMQ hands back. The rows stay the truth. */
@Injectable()
export class BullWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private queue: Queue<Push> | undefined;
  private worker: Worker<Push> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pushing: Promise<void> | undefined;
  private isAwake = false;

  constructor(
    private readonly jobs: BullJobQueue,
    private readonly store: JobPushStore,
    private readonly connections: RedisConnections,
    private readonly signal: WakeSignal,
    private readonly clock: AppClock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.jobs.hasHandlers) return;
    const { DelayedError, Queue, Worker } = await import('bullmq');
    const options = { connection: this.connections.another(), prefix: this.connections.prefix };
    this.queue = new Queue<Push>(queueName, options);
    this.worker = new Worker<Push>(
      queueName,
      async (job: Job<Push>, token?: string) => {
        const waitMs = await this.jobs.take(job.data.id, job.data.runAt);
        if (waitMs === 0) return;
        await job.moveToDelayed(Date.now() + waitMs, token);
        throw new DelayedError();
      },
      { ...options, concurrency },
    );
    this.queue.on('error', (error) => this.tell('jobs.bull-failed', error));
    this.worker.on('error', (error) => this.tell('jobs.bull-failed', error));
    this.signal.on('jobs', () => this.wake());
    this.timer = setInterval(() => this.wake(), pollMs);
    this.timer.unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = undefined;
    // Without Redis BullMQ would wait for it: what was claimed comes back when its lease runs out.
    const isRedisAway = !(await this.connections.answers());
    const closing = Promise.all([
      this.worker?.close(isRedisAway),
      this.queue?.close(),
      ...(isRedisAway ? [] : [this.pushing]),
    ]);
    await settledWithin(closing, isRedisAway ? stopWithoutRedisMs : stopWithinMs);
  }

  private wake(): void {
    if (!this.timer) return;
    this.isAwake = true;
    this.pushing ??= this.loop().finally(() => {
      this.pushing = undefined;
    });
  }

  private async loop(): Promise<void> {
    while (this.isAwake && this.timer) {
      this.isAwake = false;
      try {
        await this.pushAll();
      } catch (error) {
        this.tell('jobs.push-failed', error);
      }
    }
  }

  private async pushAll(): Promise<void> {
    let count: number;
    do {
      const now = this.clock.now();
      const jobs = [...(await this.store.unpushed(batch)), ...(await this.store.overdue(now - lostAfterMs, batch))];
      count = jobs.length;
      if (count > 0) await this.push(jobs, now);
    } while (count >= batch && this.timer);
  }

  /** The id has the time in it, for BullMQ ignores a second job of one id and a row may get another time. */
  private async push(jobs: readonly JobRow[], now: number): Promise<void> {
    await this.queue!.addBulk(
      jobs.map(({ id, name, runAt }) => ({
        name,
        data: { id, runAt },
        opts: {
          jobId: `${id}.${runAt}`,
          delay: Math.max(0, runAt - now),
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
    await this.store.markPushed(jobs, now);
  }

  private tell(event: string, error: unknown): void {
    this.logger.error({ event, err: error });
  }
}

async function settledWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
