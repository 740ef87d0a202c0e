import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { AppClock, WakeSignal, runAs } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import { DayStore } from '../invigilation/day.store.js';
import { AttemptWatchers } from './attempt-watchers.js';
import { ConsoleWatchers } from './console-watchers.js';

/** Consoles hear at most once a second; with the second of `AttemptActivity` they are not two behind. */
const tickMs = 900;
const beatMs = 10_000;
/** Rows of other processes may be written a little later than their time says. */
const overlapMs = 3_000;

/**
 * Looks at the exams that somebody on this process watches, about once a second and at once after a signal, and tells what has
 * changed. The tables are the truth: a signal that is lost costs a second.
 */
@Injectable()
export class ExamWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('exam');
  private readonly pulses = new Map<string, number>();
  private readonly lookedAt = new Map<string, Instant>();
  private timers: NodeJS.Timeout[] = [];
  private running: Promise<void> | undefined;
  private isAwake = false;

  constructor(
    private readonly store: DayStore,
    private readonly attemptStore: AttemptStore,
    private readonly attempts: AttemptWatchers,
    private readonly consoles: ConsoleWatchers,
    private readonly signal: WakeSignal,
    private readonly clock: AppClock,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.on('exams', () => this.wake());
    this.timers = [setInterval(() => this.wake(), tickMs), setInterval(() => this.attempts.beat(), beatMs)];
    for (const timer of this.timers) timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.running;
  }

  private wake(): void {
    this.isAwake = true;
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
    });
  }

  private async loop(): Promise<void> {
    while (this.isAwake) {
      this.isAwake = false;
      try {
        await runAs(null, () => this.tick());
      } catch (error) {
        this.logger.error({ event: 'exam.watch-failed', err: error });
      }
    }
  }

  /** One look at everything that is watched. */
  async tick(): Promise<void> {
    const examIds = [...new Set([...this.attempts.examIds, ...this.consoles.examIds])];
    const pulses = await this.store.pulsesOf(examIds);
    for (const examId of examIds) {
      const pulse = pulses.get(examId) ?? 0;
      const now = this.clock.now();
      const isNew = !this.lookedAt.has(examId);
      const since = (this.lookedAt.get(examId) ?? now) - overlapMs;
      const isBeaten = isNew || this.pulses.get(examId) !== pulse;
      await (isBeaten ? this.lookAtAll(examId) : this.lookAtChanged(examId, since));
      this.pulses.set(examId, pulse);
      this.lookedAt.set(examId, now);
    }
    for (const examId of this.lookedAt.keys()) if (!examIds.includes(examId)) this.forget(examId);
  }

  private async lookAtAll(examId: string): Promise<void> {
    await this.attempts.refresh(examId);
    await this.consoles.refresh(examId);
  }

  private async lookAtChanged(examId: string, since: Instant): Promise<void> {
    const touched = await this.store.touchedSince(examId, since);
    await this.attempts.refresh(examId, touched);
    if (!this.consoles.examIds.includes(examId)) return;
    const met = (await this.store.presenceOf(examId, since)).map(({ attemptId }) => attemptId);
    const attempts = await this.attemptStore.byIds([...new Set([...touched, ...met])]);
    await this.consoles.refresh(examId, new Set(attempts.map(({ memberId }) => memberId)));
  }

  private forget(examId: string): void {
    this.lookedAt.delete(examId);
    this.pulses.delete(examId);
  }
}
