import type { Clock, Instant } from '@xuekao/kernel';
import type { Timers } from '../timers.js';

interface Pending {
  readonly at: Instant;
  readonly order: number;
  readonly action: () => void;
}

/** Time moved by hand. Between two timers all settled promises run, as they would in a process. */
export class FakeTime implements Clock, Timers {
  private pending: Pending[] = [];
  private order = 0;

  constructor(private at: Instant = 1_000_000) {}

  now(): Instant {
    return this.at;
  }

  after(inMs: number, action: () => void): () => void {
    const item = { at: this.at + Math.max(0, inMs), order: this.order++, action };
    this.pending.push(item);
    return () => {
      this.pending = this.pending.filter((other) => other !== item);
    };
  }

  async advance(ms: number): Promise<void> {
    const until = this.at + ms;
    await settled();
    for (;;) {
      const due = this.pending
        .filter((item) => item.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)
        .at(0);
      if (!due) break;
      this.pending = this.pending.filter((item) => item !== due);
      this.at = Math.max(this.at, due.at);
      due.action();
      await settled();
    }
    this.at = until;
  }

  /** Time passes while nobody is there: timers are lost, as in a killed process. */
  outage(ms: number): void {
    this.pending = [];
    this.at += ms;
  }
}

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
