import { checkExpression, checkName } from '../checks.js';
import { dialects } from '../dialect.js';
import type { ColumnKind, Dialect } from '../dialect.js';

interface ColumnSpec {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly length: number;
  readonly values?: readonly string[];
  readonly references?: string;
  isNullable: boolean;
}

/** Returned by every column word, so that a line may end in `.nullable()`. */
export interface ColumnLine {
  nullable(): void;
}

/** The small schema language of migrations: see docs/database.md. */
export class TableSpec {
  readonly columns: ColumnSpec[] = [];
  readonly uniques: { name: string; columns: string[] }[] = [];
  readonly indexes: { name: string; columns: string[] }[] = [];
  primaryKey: string[] = [];

  constructor(readonly name: string) {}

  private add(column: Omit<ColumnSpec, 'isNullable'>): ColumnLine {
    const spec: ColumnSpec = { ...column, isNullable: false };
    this.columns.push(spec);
    return {
      nullable: () => {
        spec.isNullable = true;
      },
    };
  }

  id(): void {
    this.add({ name: 'id', kind: 'code', length: 36 });
    this.primaryKey = ['id'];
  }
  ref(name: string, references?: string): ColumnLine {
    return this.add({ name, kind: 'code', length: 36, ...(references ? { references } : {}) });
  }
  code(name: string, length: number): ColumnLine {
    return this.add({ name, kind: 'code', length });
  }
  text(name: string, length: number): ColumnLine {
    return this.add({ name, kind: 'text', length });
  }
  key(name: string, length: number): ColumnLine {
    return this.add({ name, kind: 'key', length });
  }
  longText(name: string): ColumnLine {
    return this.add({ name, kind: 'long-text', length: 0 });
  }
  json(name: string): ColumnLine {
    return this.add({ name, kind: 'long-text', length: 0 });
  }
  int(name: string): ColumnLine {
    return this.add({ name, kind: 'int', length: 0 });
  }
  instant(name: string): ColumnLine {
    return this.add({ name, kind: 'instant', length: 0 });
  }
  date(name: string): ColumnLine {
    return this.add({ name, kind: 'date', length: 10 });
  }
  flag(name: string): ColumnLine {
    return this.add({ name, kind: 'flag', length: 0 });
  }
  choice(name: string, values: readonly string[]): ColumnLine {
    return this.add({ name, kind: 'code', length: 40, values });
  }
  primary(...columns: string[]): void {
    this.primaryKey = columns;
  }
  unique(name: string, ...columns: string[]): void {
    this.uniques.push({ name, columns });
  }
  index(name: string, ...columns: string[]): void {
    this.indexes.push({ name, columns });
  }
}

export class MigrationSpec {
  readonly tables: TableSpec[] = [];

  table(name: string, fill: (table: TableSpec) => void): void {
    const table = new TableSpec(name);
    fill(table);
    if (table.primaryKey.length === 0) throw new Error(`Table ${name} has no primary key`);
    this.tables.push(table);
  }
}

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly tables: readonly TableSpec[];
}

export function defineMigration(number: number, name: string, fill: (migration: MigrationSpec) => void): Migration {
  const spec = new MigrationSpec();
  fill(spec);
  return { number, name, tables: spec.tables };
}

/** Statements that create the migration's tables. Each may be run again after a stop in the middle. */
export function statementsOf(migration: Migration, dialect: Dialect): string[] {
  return migration.tables.flatMap((table) => tableStatements(table, dialect));
}

function tableStatements(table: TableSpec, dialect: Dialect): string[] {
  const words = dialects[dialect];
  const q = words.quote;
  const list = (columns: readonly string[]): string => columns.map(q).join(', ');
  const lines = table.columns.map(
    (column) =>
      `${q(column.name)} ${words.columnType(column.kind, column.length)}${column.isNullable ? '' : ' NOT NULL'}`,
  );
  for (const unique of table.uniques) lines.push(`CONSTRAINT ${q(unique.name)} UNIQUE (${list(unique.columns)})`);
  for (const column of table.columns) {
    const wanted = dialect === 'sqlite' || column.values !== undefined || column.kind === 'flag';
    const check = checkExpression(column.kind, column.name, column.length, column.values, q);
    if (wanted && check) lines.push(`CONSTRAINT ${q(checkName(table.name, column.name))} CHECK (${check})`);
  }
  for (const column of table.columns.filter((each) => each.references)) {
    // Said in full: a default is NO ACTION in MySQL's catalogue and RESTRICT in MariaDB's, and the drift gate compares.
    lines.push(
      `CONSTRAINT ${q(`fk_${table.name}_${column.name}`)} FOREIGN KEY (${q(column.name)}) REFERENCES ${q(column.references!)} (${q('id')}) ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }
  lines.push(`PRIMARY KEY (${list(table.primaryKey)})`);
  const inline =
    dialect === 'mysql' ? table.indexes.map((index) => `INDEX ${q(index.name)} (${list(index.columns)})`) : [];
  const create = `CREATE TABLE IF NOT EXISTS ${q(table.name)} (${[...lines, ...inline].join(', ')})${words.tableOptions}`;
  const indexes =
    dialect === 'mysql'
      ? []
      : table.indexes.map(
          (index) => `CREATE INDEX IF NOT EXISTS ${q(index.name)} ON ${q(table.name)} (${list(index.columns)})`,
        );
  return [create, ...indexes];
}
