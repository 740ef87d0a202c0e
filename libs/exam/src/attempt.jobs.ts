import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobQueue } from '@xuekao/platform';
import { AttemptClosing, collectJob } from './attempt-closing.js';

/** Takes in attempts whose time is up, without a browser. */
@Injectable()
export class AttemptJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly closing: AttemptClosing,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(collectJob, ({ attemptId }: { attemptId: string }) => this.closing.collect(attemptId, 'deadline'));
  }
}
