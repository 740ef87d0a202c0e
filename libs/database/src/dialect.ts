/** The SQL families the product speaks. MariaDB and MySQL share one: where they differ, the code asks neither. */
export type Dialect = 'sqlite' | 'mysql';

/** Every word that differs between dialects. The truth table is dialect.spec.ts; nothing else may ask for the dialect. */
export interface DialectWords {
  /** Appended to a SELECT that locks its rows until the end of the transaction. */
  readonly forUpdate: string;
  /** As {@link forUpdate}, passing over rows that another transaction holds. */
  readonly forUpdateSkipLocked: string;
  quote(name: string): string;
  /**
   * Appended to an INSERT of several rows: a row whose key is taken replaces the stored one where its `guard` is larger, and
   * changes nothing otherwise.
   */
  replaceOlder(table: string, key: readonly string[], columns: readonly string[], guard: string): string;
  columnType(kind: ColumnKind, length: number): string;
  readonly tableOptions: string;
}

export type ColumnKind = 'code' | 'text' | 'key' | 'long-text' | 'int' | 'instant' | 'date' | 'flag';

const mysqlType = (kind: ColumnKind, length: number): string => {
  const types: Record<ColumnKind, string> = {
    code: `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin`,
    text: `varchar(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    key: `varchar(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    'long-text': 'longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci',
    int: 'int',
    instant: 'bigint',
    date: 'varchar(10) CHARACTER SET ascii COLLATE ascii_bin',
    flag: 'tinyint',
  };
  return types[kind];
};

const sqliteType = (kind: ColumnKind, length: number): string => {
  const types: Record<ColumnKind, string> = {
    code: `varchar(${length})`,
    text: `varchar(${length})`,
    key: `varchar(${length})`,
    'long-text': 'text',
    int: 'integer',
    instant: 'bigint',
    date: 'varchar(10)',
    flag: 'tinyint',
  };
  return types[kind];
};

export const dialects: Readonly<Record<Dialect, DialectWords>> = {
  sqlite: {
    forUpdate: '',
    forUpdateSkipLocked: '',
    quote: (name) => `"${name}"`,
    replaceOlder: (table, key, columns, guard) =>
      ` ON CONFLICT (${key.map((name) => `"${name}"`).join(', ')}) DO UPDATE SET ` +
      [...columns, guard].map((name) => `"${name}" = excluded."${name}"`).join(', ') +
      ` WHERE excluded."${guard}" > "${table}"."${guard}"`,
    columnType: sqliteType,
    tableOptions: '',
  },
  mysql: {
    forUpdate: ' FOR UPDATE',
    forUpdateSkipLocked: ' FOR UPDATE SKIP LOCKED',
    quote: (name) => `\`${name}\``,
    // Assignments run from left to right, so the guard comes last. VALUES() and not a row alias: MariaDB has no alias.
    replaceOlder: (_table, _key, columns, guard) =>
      ` ON DUPLICATE KEY UPDATE ` +
      columns
        .map((name) => `\`${name}\` = IF(VALUES(\`${guard}\`) > \`${guard}\`, VALUES(\`${name}\`), \`${name}\`), `)
        .join('') +
      `\`${guard}\` = GREATEST(\`${guard}\`, VALUES(\`${guard}\`))`,
    columnType: mysqlType,
    tableOptions: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci',
  },
};

/** The bare type TypeORM compares a column with: the migration's type without length and collation. */
export function ormType(
  dialect: Dialect,
  kind: ColumnKind,
): 'varchar' | 'longtext' | 'text' | 'int' | 'bigint' | 'tinyint' {
  if (kind === 'long-text') return dialect === 'mysql' ? 'longtext' : 'text';
  if (kind === 'int') return 'int';
  if (kind === 'instant') return 'bigint';
  if (kind === 'flag') return 'tinyint';
  return 'varchar';
}
