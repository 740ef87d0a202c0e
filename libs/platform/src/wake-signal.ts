import { Injectable } from '@nestjs/common';

export type WakeTopic = 'outbox' | 'jobs' | 'exams' | 'sessions' | 'preflight';

/** Port: tells the processes of the installation that a table has new work. A hint: who works also polls. */
export abstract class WakeSignal {
  /** Call after the commit. Returns at once and never fails: a lost signal costs a poll's pause. */
  abstract send(topic: WakeTopic): void;
  abstract on(topic: WakeTopic, listener: () => void): void;
}

/** The embedded twin: whoever works is in this process. */
@Injectable()
export class EmbeddedWakeSignal extends WakeSignal {
  private readonly listeners = new Map<WakeTopic, (() => void)[]>();

  send(topic: WakeTopic): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }

  on(topic: WakeTopic, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }
}
