import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

interface OpenOptions {
  readonly readonly?: boolean;
  /** Milliseconds to wait for another process's lock. */
  readonly timeout?: number;
}

/** What TypeORM's `better-sqlite3` driver asks of a statement. */
class Statement {
  /** True when the statement returns rows. */
  readonly reader: boolean;

  constructor(private readonly statement: StatementSync) {
    this.reader = statement.columns().length > 0;
  }

  all(...parameters: unknown[]): unknown[] {
    return this.statement.all(...bindable(parameters));
  }
  iterate(...parameters: unknown[]): Iterable<unknown> {
    return this.statement.iterate(...bindable(parameters));
  }
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number } {
    const result = this.statement.run(...bindable(parameters));
    return { changes: Number(result.changes), lastInsertRowid: Number(result.lastInsertRowid) };
  }
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => (value === undefined ? null : (value as SQLInputValue)));
}

/** The `better-sqlite3` face over `node:sqlite`, so that no native module is built (D2). */
export class NodeSqlite {
  private readonly database: DatabaseSync;

  constructor(path: string, options: OpenOptions = {}) {
    this.database = new DatabaseSync(path, {
      readOnly: options.readonly ?? false,
      timeout: options.timeout ?? 5000,
      enableForeignKeyConstraints: true,
    });
  }

  prepare(sql: string): Statement {
    return new Statement(this.database.prepare(sql));
  }
  exec(sql: string): void {
    this.database.exec(sql);
  }
  pragma(text: string): unknown[] {
    return this.prepare(`PRAGMA ${text}`).all();
  }
  close(): void {
    this.database.close();
  }
}
