interface Round {
  readonly done: Promise<void>;
  readonly settle: (error?: Error) => void;
}

function newRound(): Round {
  let settle: Round['settle'] = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Whoever waits hears of it; a round that nobody waits for any more must not end the process.
  done.catch(() => undefined);
  return { done, settle };
}

/**
 * Many commits, one sync: `done()` resolves after a sync that began after the call. While one runs, all that come are gathered
 * for the next. After a failure nothing is promised any more: what the system has once failed to write it may never write
 * (https://wiki.postgresql.org/wiki/Fsync_Errors), so every later call fails as well until the process starts anew.
 */
export class GatheredSync {
  private running: Round | null = null;
  private next: Round | null = null;
  private failure: Error | null = null;

  constructor(private readonly sync: () => Promise<void>) {}

  done(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.next ??= newRound();
    const { done } = this.next;
    if (!this.running) void this.start();
    return done;
  }

  /** Resolves when nobody waits any more. */
  async settled(): Promise<void> {
    while (this.running) await this.running.done.catch(() => undefined);
  }

  private async start(): Promise<void> {
    for (let round = this.next; round && !this.failure; round = this.next) {
      this.running = round;
      this.next = null;
      try {
        await this.sync();
        round.settle();
      } catch (cause) {
        this.failure = cause instanceof Error ? cause : new Error(String(cause));
        round.settle(this.failure);
      }
    }
    this.running = null;
    if (this.failure) this.next?.settle(this.failure);
  }
}
