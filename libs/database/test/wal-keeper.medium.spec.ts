import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WalKeeper } from '../src/sqlite/wal-keeper.js';

describe('the keeper of the embedded log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-wal-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function written(name: string): { readonly file: string; readonly writer: DatabaseSync } {
    const file = join(folder, name);
    const writer = new DatabaseSync(file);
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE page (text TEXT)');
    return { file, writer };
  }

  it('syncs many commits, moves their pages into the file, and leaves the log to the last writer', async () => {
    const { file, writer } = written('a.db');
    const keeper = new WalKeeper(file, { quietMs: 0, latestMs: 0 });
    writer.exec(`INSERT INTO page VALUES ('${'x'.repeat(50_000)}')`);
    await Promise.all(Array.from({ length: 20 }, () => keeper.durable()));
    while (statSync(file).size < 50_000) {
      writer.exec("INSERT INTO page VALUES ('y')");
      await keeper.durable();
    }
    await keeper.close();
    writer.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    const later = new DatabaseSync(file, { readOnly: true });
    expect(later.prepare('SELECT count(*) AS pages FROM page WHERE length(text) = 50000').get()).toEqual({ pages: 1 });
    later.close();
  });

  it('answers everybody when a commit comes while it is being closed', async () => {
    const { file, writer } = written('c.db');
    for (let round = 0; round < 5; round++) {
      const keeper = new WalKeeper(file);
      await keeper.durable();
      const closed = keeper.close();
      const late: Promise<unknown>[] = [];
      for (let turn = 0; turn < 4; turn++) {
        writer.exec("INSERT INTO page VALUES ('z')");
        late.push(keeper.durable().catch((error: Error) => error.message));
        await Promise.resolve();
      }
      await closed;
      for (const told of await Promise.all(late))
        expect([undefined, expect.stringContaining('has ended')]).toContainEqual(told);
    }
    writer.close();
  });

  it('promises nothing any more once a sync has failed, nor after it was closed', async () => {
    const nowhere = new WalKeeper(join(folder, 'nothing-was-written.db'));
    await expect(nowhere.durable()).rejects.toThrow('ENOENT');
    await expect(nowhere.durable()).rejects.toThrow('ENOENT');
    await nowhere.close();
    const { file, writer } = written('b.db');
    const keeper = new WalKeeper(file);
    await keeper.durable();
    await keeper.close();
    await expect(keeper.durable()).rejects.toThrow('has ended');
    writer.close();
  });
});
