import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { brackets } from './brackets.js';
import { Busy, Deadlock, mapDatabaseError } from './db-errors.js';
import type { Dialect } from './dialect.js';

/** The only door to the database (D1). */
export abstract class UnitOfWork {
  /**
   * Runs `work` in one write transaction and resolves after the commit. A nested run joins the outer one, and its failure
   * fails the outer one even if caught. On a deadlock or a busy database the outermost closure runs again in a new
   * transaction, three tries in all: it must have no other effects. Never await network, hashing or files inside.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `action` after the outermost commit; never after a rollback. Outside a transaction it runs at once. */
  abstract afterCommit(action: () => void): void;
  /** True while the caller is inside {@link run}. */
  abstract get isOpen(): boolean;
  /** The current transaction's manager; outside a transaction one that can only read what is committed. */
  abstract get manager(): EntityManager;
  abstract readonly dialect: Dialect;
}

interface Transaction {
  readonly manager: EntityManager;
  readonly actions: (() => void)[];
  failure: { readonly error: unknown } | undefined;
  isDone: boolean;
}

interface Committed<T> {
  readonly result: T;
  readonly actions: readonly (() => void)[];
}

const tries = 3;

/** First come, first served: one holder at a time. */
export class FifoMutex {
  private tail: Promise<void> = Promise.resolve();

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    try {
      return await work();
    } finally {
      release();
    }
  }
}

export class TypeOrmUnitOfWork extends UnitOfWork {
  private readonly storage = new AsyncLocalStorage<Transaction>();

  /**
   * `embedded` where the database has one connection for all writers (SQLite): a mutex that serialises them, and what makes
   * their commits durable. The next writer does not wait for that, so that one sync can serve several.
   */
  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    readonly dialect: Dialect,
    private readonly embedded?: { readonly mutex: FifoMutex; readonly durable: () => Promise<void> },
  ) {
    super();
  }

  private get current(): Transaction | undefined {
    const transaction = this.storage.getStore();
    return transaction && !transaction.isDone ? transaction : undefined;
  }

  get isOpen(): boolean {
    return this.current !== undefined;
  }

  get manager(): EntityManager {
    return this.current?.manager ?? this.reader.manager;
  }

  afterCommit(action: () => void): void {
    const current = this.current;
    if (current) current.actions.push(action);
    else action();
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.current;
    if (outer) {
      try {
        return await work();
      } catch (error) {
        outer.failure ??= { error };
        throw error;
      }
    }
    for (let attempt = 1; ; attempt++) {
      try {
        const { result, actions } = await this.committed(work);
        for (const action of actions) afterwards(action);
        return result;
      } catch (error) {
        if (attempt >= tries || !(error instanceof Deadlock || error instanceof Busy)) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * 10 + Math.random() * 20));
      }
    }
  }

  private async committed<T>(work: () => Promise<T>): Promise<Committed<T>> {
    if (!this.embedded) return this.once(work);
    const committed = await this.embedded.mutex.hold(() => this.once(work));
    await this.embedded.durable();
    return committed;
  }

  private async once<T>(work: () => Promise<T>): Promise<Committed<T>> {
    const runner = this.writer.createQueryRunner('master');
    const { begin, commit, rollBack } = brackets[this.dialect];
    const transaction: Transaction = { manager: runner.manager, actions: [], failure: undefined, isDone: false };
    let result: T;
    try {
      await begin(runner);
      try {
        result = await this.storage.run(transaction, work);
        if (transaction.failure) throw transaction.failure.error;
        transaction.isDone = true;
        await commit(runner);
      } catch (error) {
        transaction.isDone = true;
        await rollBack(runner);
        throw error;
      }
    } catch (error) {
      throw mapDatabaseError(error, this.writer);
    } finally {
      await runner.release();
    }
    return { result, actions: transaction.actions };
  }
}

/** The commit stands whatever an action does, so its failure must not look like the transaction's. */
function afterwards(action: () => void): void {
  try {
    action();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : new Error(String(error)));
  }
}
