import { createHash } from 'node:crypto';
import type { DataSource, QueryRunner } from 'typeorm';
import { dialects } from './dialect.js';
import type { Dialect } from './dialect.js';
import { migrations as allMigrations } from './migrations/index.js';
import { statementsOf } from './migrations/schema.js';
import type { Migration } from './migrations/schema.js';

/** The database's schema is not the one this version of the program works with. */
export class SchemaMismatch extends Error {}

export interface MigrateOptions {
  /** False: only check, refuse where a migration is missing. */
  readonly apply: boolean;
  readonly migrations?: readonly Migration[];
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(statementsOf(migration, 'sqlite').join('\n')).digest('hex');
}

/** Brings the schema to this program's version under a named lock; returns the names applied. */
export async function migrate(source: DataSource, dialect: Dialect, options: MigrateOptions): Promise<string[]> {
  const migrations = options.migrations ?? allMigrations;
  const runner = source.createQueryRunner();
  try {
    return await withLock(runner, dialect, async () => {
      const pending = pendingOf(migrations, await readApplied(runner, dialect));
      if (pending.length > 0 && !options.apply) {
        throw new SchemaMismatch(
          `The database lacks migration ${pending[0]!.number} (${pending[0]!.name}): run the migrate command first`,
        );
      }
      for (const migration of pending) await apply(runner, dialect, migration);
      return pending.map((migration) => migration.name);
    });
  } finally {
    await runner.release();
  }
}

/** What is still to apply. Refuses a database that is ahead of the program, or whose history differs. */
export function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const done = new Map(applied.map((row) => [row.number, row]));
  for (const row of applied) {
    const known = migrations.find((migration) => migration.number === row.number);
    if (!known) {
      throw new SchemaMismatch(
        `The database has migration ${row.number} (${row.name}), which this version does not know: start the newer version`,
      );
    }
    if (checksumOf(known) !== row.checksum) {
      throw new SchemaMismatch(`Migration ${row.number} (${row.name}) in the database differs from this version's`);
    }
  }
  return migrations.filter((migration) => !done.has(migration.number)).toSorted((a, b) => a.number - b.number);
}

async function readApplied(runner: QueryRunner, dialect: Dialect): Promise<Applied[]> {
  const { columnType, tableOptions } = dialects[dialect];
  await runner.query(
    `CREATE TABLE IF NOT EXISTS schema_migration (number int NOT NULL, name ${columnType('code', 80)} NOT NULL, ` +
      `checksum ${columnType('code', 64)} NOT NULL, applied_at bigint NOT NULL, PRIMARY KEY (number))${tableOptions}`,
  );
  return (await runner.query('SELECT number, name, checksum FROM schema_migration ORDER BY number')) as Applied[];
}

async function apply(runner: QueryRunner, dialect: Dialect, migration: Migration): Promise<void> {
  for (const statement of statementsOf(migration, dialect)) await runner.query(statement);
  await runner.query('INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)', [
    migration.number,
    migration.name,
    checksumOf(migration),
    Date.now(),
  ]);
}

async function withLock<T>(runner: QueryRunner, dialect: Dialect, work: () => Promise<T>): Promise<T> {
  if (dialect === 'sqlite') {
    await runner.query('BEGIN IMMEDIATE');
    try {
      const result = await work();
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      await runner.query('ROLLBACK');
      throw error;
    }
  }
  const rows = (await runner.query("SELECT GET_LOCK(CONCAT('xuekao.migrate.', DATABASE()), 60) AS held")) as {
    held: number;
  }[];
  if (Number(rows[0]?.held) !== 1) throw new SchemaMismatch('Another process has been migrating for over a minute');
  try {
    return await work();
  } finally {
    await runner.query("SELECT RELEASE_LOCK(CONCAT('xuekao.migrate.', DATABASE()))");
  }
}
