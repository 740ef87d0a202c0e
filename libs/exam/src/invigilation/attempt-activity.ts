import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import { DayStore } from './day.store.js';

const flushMs = 700;

interface Seen {
  readonly examId: string;
  readonly isConnected: boolean;
  readonly seenAt: Instant;
}

/**
 * Who saves and who is connected, for the console: gathered in memory and written about once a second in two statements. It
 * is told after the commit of what it tells of; lost at a crash, it is gathered anew, and no answer depends on it.
 */
@Injectable()
export class AttemptActivity implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('exam');
  private readonly touched = new Map<string, { examId: string; touchedAt: Instant }>();
  private readonly seen = new Map<string, Seen>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: DayStore,
    private readonly clock: AppClock,
  ) {}

  touch(examId: string, attemptId: string): void {
    this.touched.set(attemptId, { examId, touchedAt: this.clock.now() });
  }

  meet(examId: string, attemptId: string, isConnected: boolean): void {
    this.seen.set(attemptId, { examId, isConnected, seenAt: this.clock.now() });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.flushing ??= this.flush()
        .catch((error: unknown) => this.logger.error({ event: 'exam.activity-lost', err: error }))
        .finally(() => {
          this.flushing = undefined;
        });
    }, flushMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
  }

  async flush(): Promise<void> {
    if (this.touched.size + this.seen.size === 0) return;
    const touched = [...this.touched].map(([attemptId, each]) => ({ attemptId, ...each }));
    const seen = [...this.seen].map(([attemptId, each]) => ({ attemptId, ...each }));
    this.touched.clear();
    this.seen.clear();
    await this.uow.run(async () => {
      await this.store.touch(touched);
      await this.store.meet(seen);
    });
  }
}
