import { dialects, ormType } from './dialect.js';
import { checkExpression } from './checks.js';
import { isSupported } from './server-version.js';
import { pendingOf, SchemaMismatch, checksumOf } from './migrate.js';
import { defineMigration, statementsOf } from './migrations/schema.js';
import { migrations } from './migrations/index.js';

describe('dialect words', () => {
  it.each([
    ['sqlite', '', '', '"a"', 'text', 'bigint'],
    ['mysql', ' FOR UPDATE', ' FOR UPDATE SKIP LOCKED', '`a`', 'longtext', 'bigint'],
  ] as const)('of %s', (dialect, lock, skip, quoted, long, instant) => {
    expect(dialects[dialect].forUpdate).toBe(lock);
    expect(dialects[dialect].forUpdateSkipLocked).toBe(skip);
    expect(dialects[dialect].quote('a')).toBe(quoted);
    expect(ormType(dialect, 'long-text')).toBe(long);
    expect(ormType(dialect, 'instant')).toBe(instant);
  });
  it('replaces an older row by a newer one of its key', () => {
    expect(dialects.sqlite.replaceOlder('t', ['a', 'b'], ['c'], 'seq')).toBe(
      ' ON CONFLICT ("a", "b") DO UPDATE SET "c" = excluded."c", "seq" = excluded."seq" WHERE excluded."seq" > "t"."seq"',
    );
    expect(dialects.mysql.replaceOlder('t', ['a', 'b'], ['c'], 'seq')).toBe(
      ' ON DUPLICATE KEY UPDATE `c` = IF(VALUES(`seq`) > `seq`, VALUES(`c`), `c`), `seq` = GREATEST(`seq`, VALUES(`seq`))',
    );
  });
  it('keeps ids and codes in ascii_bin and keys in utf8mb4_bin on MySQL', () => {
    expect(dialects.mysql.columnType('code', 36)).toContain('ascii_bin');
    expect(dialects.mysql.columnType('key', 36)).toContain('utf8mb4_bin');
    expect(dialects.mysql.columnType('text', 36)).toContain('utf8mb4_unicode_ci');
  });
});

describe('checks', () => {
  it('bound lengths, lists, flags and integers', () => {
    expect(checkExpression('text', 'name', 5)).toBe('length("name") <= 5');
    expect(checkExpression('code', 'hash', 64)).toBe(`length("hash") <= 64 and "hash" not glob '*[^ -~]*'`);
    expect(checkExpression('code', 'state', 40, ['a', 'b'])).toBe(`"state" in ('a', 'b')`);
    expect(checkExpression('flag', 'x', 0)).toBe('"x" in (0, 1)');
    expect(checkExpression('long-text', 'x', 0)).toBeUndefined();
  });
});

describe('servers', () => {
  it.each([
    ['8.0.15', false],
    ['8.0.16', true],
    ['9.7.0', true],
    ['10.5.9-MariaDB-1', false],
    ['10.6.0-MariaDB', true],
    ['', false],
  ])('%s is supported: %s', (version, supported) => expect(isSupported(version)).toBe(supported));
});

describe('migrations', () => {
  const first = defineMigration(1, 'first', (m) => m.table('a', (t) => t.id()));
  const second = defineMigration(2, 'second', (m) => m.table('b', (t) => t.id()));
  const applied = { number: 1, name: 'first', checksum: checksumOf(first) };

  it('apply only what is missing, in order', () => {
    expect(pendingOf([second, first], [applied])).toEqual([second]);
  });
  it('refuse a database that is ahead, and one whose history differs', () => {
    expect(() => pendingOf([first], [applied, { number: 2, name: 'second', checksum: 'x' }])).toThrow(SchemaMismatch);
    expect(() => pendingOf([first], [{ ...applied, checksum: 'x' }])).toThrow('differs');
  });
  it('have unique, rising numbers and unique table names', () => {
    const numbers = migrations.map((migration) => migration.number);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    const tables = migrations.flatMap((migration) => migration.tables.map((table) => table.name));
    expect(new Set(tables).size).toBe(tables.length);
  });
  it('use no word that only one server knows', () => {
    const sql = migrations.flatMap((migration) => statementsOf(migration, 'mysql')).join('\n');
    expect(sql).not.toMatch(/TRIGGER|PROCEDURE|FULLTEXT|JSON_|AUTO_INCREMENT|DEFAULT CURRENT/i);
  });
  it('need a primary key on every table', () => {
    expect(() => defineMigration(3, 'x', (m) => m.table('c', (t) => void t.int('n')))).toThrow('no primary key');
  });
});
