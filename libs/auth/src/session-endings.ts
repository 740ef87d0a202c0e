import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { AppClock, SessionEndings, WakeSignal } from '@xuekao/platform';
import { SessionGate } from './session-gate.js';
import { SessionStore } from './session.store.js';

const pollMs = 5_000;
/** Looked at again, for clocks that differ and commits that took their time; a repeat does no harm. */
const overlapMs = 15_000;

/**
 * Sessions that have ended, whichever process ended them: looked up when a process says so, and every 5 s for what was not
 * heard or ended by time. Processes without anybody who asks do not look.
 */
@Injectable()
export class StoredSessionEndings extends SessionEndings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('auth');
  private readonly listeners: ((sessionIds: ReadonlySet<string>) => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lookedAt: Instant = 0;
  private looking: Promise<void> | null = null;
  private isWoken = false;

  constructor(
    private readonly sessions: SessionStore,
    private readonly gate: SessionGate,
    private readonly signal: WakeSignal,
    private readonly clock: AppClock,
  ) {
    super();
  }

  onEnded(listener: (sessionIds: ReadonlySet<string>) => void): void {
    this.listeners.push(listener);
  }

  onApplicationBootstrap(): void {
    if (this.listeners.length === 0) return;
    this.lookedAt = this.clock.now();
    this.signal.on('sessions', () => this.wake());
    this.timer = setInterval(() => this.wake(), pollMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.looking;
  }

  private wake(): void {
    if (!this.timer) return;
    this.isWoken = true;
    this.looking ??= this.lookWhileWoken().finally(() => {
      this.looking = null;
    });
  }

  private async lookWhileWoken(): Promise<void> {
    while (this.isWoken) {
      this.isWoken = false;
      // A database that is away is asked again in five seconds, about the whole time since.
      await this.look().catch((error: unknown) => this.logger.warn({ event: 'auth.endings-not-read', err: error }));
    }
  }

  private async look(): Promise<void> {
    const now = this.clock.now();
    const ended = await this.sessions.endedBetween(this.lookedAt - overlapMs, now);
    this.lookedAt = now;
    if (ended.length === 0) return;
    for (const { accountId } of ended) this.gate.forgetHere(accountId);
    const ids = new Set(ended.map((session) => session.id));
    for (const listener of this.listeners) listener(ids);
  }
}
