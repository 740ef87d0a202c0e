import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { JobQueue, runAs } from '@xuekao/platform';
import { AttemptStarting, prepareJob } from './attempt-starting.js';
import { AttemptSweep } from './attempt-sweep.js';

const sweepMs = 1000;

/** Takes in attempts whose time is up, without a browser, and makes attempts ahead of their start. */
@Injectable()
export class AttemptJobs implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('exam');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly jobs: JobQueue,
    private readonly sweeper: AttemptSweep,
    private readonly starting: AttemptStarting,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(prepareJob, ({ examId }: { examId: string }) => this.starting.prepare(examId));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = undefined;
      });
    }, sweepMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** A look at an index where nothing is due. A failure is tried again by the next look. */
  private async sweep(): Promise<void> {
    try {
      await runAs(null, () => this.sweeper.sweep());
    } catch (error) {
      this.logger.error({ event: 'exam.sweep-failed', err: error });
    }
  }
}
