import type { Instant } from '@xuekao/kernel';

export type ReplayProgress<Counters> = Counters & { readonly seq: number; readonly at: Instant };

/** Counters of a room over its log, as seldom as a screen was told them: at most one per `everyMs`, the last one always. */
export class ProgressTrail<Counters extends object> {
  private readonly told: ReplayProgress<Counters>[] = [];
  private last = '';
  private since = -Infinity;

  note(counters: Counters, row: { readonly seq: number; readonly at: Instant }, everyMs: number): void {
    const text = JSON.stringify(counters);
    if (text === this.last) return;
    this.last = text;
    if (row.at - this.since < everyMs) this.told.pop();
    else this.since = row.at;
    this.told.push({ ...counters, seq: row.seq, at: row.at });
  }

  /** The next counters stand for themselves: what came before a frame is not told after it. */
  frame(): void {
    this.since = -Infinity;
  }

  get list(): readonly ReplayProgress<Counters>[] {
    return this.told;
  }
}
