import type { QueryRunner } from 'typeorm';
import type { Dialect } from './dialect.js';

/** How a transaction begins and ends on a connection. */
interface Brackets {
  begin(runner: QueryRunner): Promise<void>;
  commit(runner: QueryRunner): Promise<void>;
  /** Never throws: the error before it is the one worth telling. */
  rollBack(runner: QueryRunner): Promise<void>;
}

/** A connection that is already gone has rolled back by itself. */
const server: Brackets = {
  begin: (runner) => runner.startTransaction(),
  commit: (runner) => runner.commitTransaction(),
  async rollBack(runner) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
  },
};

async function isRolledBack(runner: QueryRunner): Promise<boolean> {
  try {
    await runner.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/**
 * In SQLite's own words. TypeORM counts the depth of its one connection for itself, and SQLite may roll back by itself (disk
 * full, I/O error: https://www.sqlite.org/lang_transaction.html §3). From then on TypeORM would open savepoints, and what is
 * reported as saved would never be committed.
 */
const embedded: Brackets = {
  async begin(runner) {
    try {
      await runner.query('BEGIN TRANSACTION');
    } catch (error) {
      // A transaction that could be neither committed nor rolled back is still open.
      if (!(await isRolledBack(runner))) throw error;
      await runner.query('BEGIN TRANSACTION');
    }
  },
  commit: async (runner) => void (await runner.query('COMMIT')),
  rollBack: async (runner) => void (await isRolledBack(runner)),
};

export const brackets: Readonly<Record<Dialect, Brackets>> = { sqlite: embedded, mysql: server };
