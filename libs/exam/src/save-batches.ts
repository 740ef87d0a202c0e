import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

interface Waiting<Item, Outcome> {
  /** Absent where somebody only waits for what was taken before. */
  readonly item?: Item;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

export interface BatchLimits {
  readonly most: number;
  /** Pause before the next batch while there is a crowd: commits are dear, waiting is cheap. */
  readonly windowMs: number;
  /** Batches up to this size mean that it is quiet: then nobody waits for others. */
  readonly quietSize: number;
  /** Batches begin at least so far apart, however small they are; after a quiet moment nobody waits. */
  readonly apartMs?: number;
}

export const saveLimits: BatchLimits = { most: 256, windowMs: 4, quietSize: 3 };

/** A start is waited for longer than a save, and costs more statements. */
export const startLimits: BatchLimits = { most: 256, windowMs: 4, quietSize: 3, apartMs: 30 };

/**
 * Gathers what arrives while a batch is under way, and runs it together as the next one. `work` gives an outcome or an Error
 * for each item; what it throws is everybody's.
 */
export class Batches<Item, Outcome> {
  private readonly waiting: Waiting<Item, Outcome>[] = [];
  private isRunning = false;
  private begunAt = -Infinity;

  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly (Outcome | Error)[]>,
    private readonly limits: BatchLimits = saveLimits,
  ) {}

  take(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.wake();
    });
  }

  /** Resolves when all that was taken before is done, well or badly. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ resolve: () => resolve(), reject: () => resolve() });
      this.wake();
    });
  }

  private wake(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    void this.loop();
  }

  private async loop(): Promise<void> {
    let lastSize = 0;
    while (this.waiting.length > 0) {
      const waitMs = this.waitBefore(lastSize);
      await (waitMs > 0 ? pause(waitMs) : nextTurn());
      this.begunAt = performance.now();
      const batch = this.waiting.splice(0, this.limits.most);
      lastSize = batch.length;
      await this.answer(batch);
    }
    this.isRunning = false;
  }

  private waitBefore(lastSize: number): number {
    const { windowMs, quietSize, apartMs = 0 } = this.limits;
    return Math.max(lastSize > quietSize ? windowMs : 0, this.begunAt + apartMs - performance.now());
  }

  private async answer(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    const items = batch.flatMap(({ item }) => (item === undefined ? [] : [item]));
    let outcomes: readonly (Outcome | Error)[] = [];
    let failure: { readonly error: unknown } | undefined;
    try {
      if (items.length > 0) outcomes = await this.work(items);
    } catch (error) {
      failure = { error };
    }
    let next = 0;
    for (const { item, resolve, reject } of batch) {
      const outcome = item === undefined ? undefined : outcomes[next++];
      if (failure) reject(failure.error);
      else if (outcome instanceof Error) reject(outcome);
      else resolve(outcome as Outcome);
    }
  }
}
