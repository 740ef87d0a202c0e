import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Entity } from 'typeorm';
import { newId } from '@xuekao/kernel';
import { Id, insertRows, LongText, StorageFull } from '@xuekao/database';
import { openDatabase } from '../src/open.js';
import type { OpenDatabase } from '../src/open.js';
import { defineMigration, statementsOf } from '../src/migrations/schema.js';

const page = defineMigration(9002, 'page', (m) => {
  m.table('page', (t) => {
    t.id();
    t.longText('text');
  });
});

@Entity('page')
class Page {
  @Id() id!: string;
  @LongText() text!: string;
}

describe('the embedded database when its storage is full', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-full-'));
  const file = join(folder, 'xuekao.db');
  let database: OpenDatabase;

  beforeAll(async () => {
    database = await openDatabase({ file, entities: [Page] });
    for (const statement of statementsOf(page, 'sqlite')) await database.writer.query(statement);
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (letters: number): Promise<void> =>
    database.uow.run(() => insertRows(database.uow, Page, [{ id: newId(), text: 'x'.repeat(letters) }]));
  const limit = async (pages: number): Promise<void> => {
    await database.writer.query(`PRAGMA max_page_count = ${pages}`);
  };
  const pagesNow = async (): Promise<number> => {
    const [row] = (await database.writer.query('PRAGMA page_count')) as { page_count: number }[];
    return row!.page_count;
  };
  /** As a process that opens the file later sees it. */
  const committed = async (): Promise<number> => {
    const later = await openDatabase({ file, entities: [Page], migrate: false });
    const count = await later.uow.manager.count(Page);
    await later.close();
    return count;
  };

  it('refuses by name, again and again, and commits whatever it says it has saved afterwards', async () => {
    await write(10);
    await limit(await pagesNow());
    for (let failure = 0; failure < 3; failure++) await expect(write(100_000)).rejects.toBeInstanceOf(StorageFull);
    expect(await committed()).toBe(1);
    await write(10);
    expect(await committed()).toBe(2);
    await limit(1_000_000);
    await write(100_000);
    expect(await committed()).toBe(3);
    expect(await database.uow.manager.count(Page)).toBe(3);
  });

  it('commits what it says it has saved after SQLite has rolled transactions back by itself', async () => {
    const before = await committed();
    // What SQLite does when the disk is full at the commit: https://www.sqlite.org/lang_transaction.html §3.
    const rolledBack = database.uow.run(async () => {
      await database.uow.manager.query('ROLLBACK');
      throw new Error('database or disk is full');
    });
    await expect(rolledBack).rejects.toThrow('full');
    const again = database.uow.run(async () => {
      await insertRows(database.uow, Page, [{ id: newId(), text: 'lost' }]);
      throw new Error('refused');
    });
    await expect(again).rejects.toThrow('refused');
    await write(10);
    expect(await committed()).toBe(before + 1);
    const [row] = await database.uow.manager.find(Page, { where: { text: 'lost' } });
    expect(row).toBeUndefined();
  });
});
