import { Entity, Unique } from 'typeorm';
import { newId } from '@xuekao/kernel';
import {
  Choice,
  Code,
  Flag,
  Id,
  InstantColumn,
  Int,
  insertIgnore,
  insertRows,
  Json,
  Key,
  ReadOnlyViolation,
  StorageUnavailable,
  UniqueViolation,
  ValueRefused,
} from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { openDatabase } from '../src/open.js';
import { defineMigration, statementsOf } from '../src/migrations/schema.js';

const probe = defineMigration(9001, 'probe', (m) => {
  m.table('probe', (t) => {
    t.id();
    t.key('name_key', 20);
    t.code('code', 8).nullable();
    t.int('amount');
    t.instant('at');
    t.flag('is_open');
    t.choice('state', ['a', 'b']);
    t.json('payload').nullable();
    t.unique('uq_probe_name', 'name_key');
  });
});

@Entity('probe')
@Unique('uq_probe_name', ['nameKey'])
class Probe {
  @Id() id!: string;
  @Key(20) nameKey!: string;
  @Code(8, { nullable: true }) code!: string | null;
  @Int() amount!: number;
  @InstantColumn() at!: number;
  @Flag() isOpen!: boolean;
  @Choice(['a', 'b']) state!: 'a' | 'b';
  @Json({ nullable: true }) payload!: { readonly list: readonly number[] } | null;
}

const aProbe = (nameKey: string, over: Partial<Probe> = {}): Probe => ({
  id: newId(),
  nameKey,
  code: null,
  amount: 1,
  at: 1_511_334_000_000,
  isOpen: true,
  state: 'a',
  payload: null,
  ...over,
});

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

onEveryDatabase('the unit of work', [Probe], (database) => {
  const names = async (): Promise<string[]> =>
    (await database.uow.manager.find(Probe)).map((row) => row.nameKey).toSorted();

  beforeAll(async () => {
    for (const statement of statementsOf(probe, database.opened.dialect)) await database.opened.writer.query(statement);
  });
  beforeEach(async () => {
    await database.uow.run(() => database.uow.manager.createQueryBuilder().delete().from(Probe).execute());
  });

  it('keeps what B and C wrote while an overlapping A fails', async () => {
    const { uow } = database;
    const a = uow.run(async () => {
      await insertRows(uow, Probe, [aProbe('a1')]);
      await pause();
      await insertRows(uow, Probe, [aProbe('a2')]);
      throw new Error('A fails');
    });
    const b = uow.run(async () => {
      await insertRows(uow, Probe, [aProbe('b1')]);
      await pause();
      await insertRows(uow, Probe, [aProbe('b2')]);
    });
    const c = uow.run(() => insertRows(uow, Probe, [aProbe('c')]));
    await expect(a).rejects.toThrow('A fails');
    await Promise.all([b, c]);
    expect(await names()).toEqual(['b1', 'b2', 'c']);
  });

  it('shows a reader outside only what is committed', async () => {
    const { uow } = database;
    let inside: (() => void) | undefined;
    const written = new Promise<void>((resolve) => {
      inside = resolve;
    });
    let goOn: (() => void) | undefined;
    const release = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const write = uow.run(async () => {
      await insertRows(uow, Probe, [aProbe('hidden')]);
      expect(await names()).toEqual(['hidden']);
      inside?.();
      await release;
    });
    await written;
    expect(await names()).toEqual([]);
    goOn?.();
    await write;
    expect(await names()).toEqual(['hidden']);
  });

  it('refuses a write outside a transaction', async () => {
    await expect(insertRows(database.uow, Probe, [aProbe('x')])).rejects.toBeInstanceOf(ReadOnlyViolation);
    expect(await names()).toEqual([]);
  });

  it('joins a nested run, and fails as a whole when the nested failure was swallowed', async () => {
    const { uow } = database;
    await uow.run(async () => {
      await insertRows(uow, Probe, [aProbe('outer')]);
      await uow.run(() => insertRows(uow, Probe, [aProbe('inner')]));
    });
    expect(await names()).toEqual(['inner', 'outer']);
    const doomed = uow.run(async () => {
      await insertRows(uow, Probe, [aProbe('lost')]);
      await uow.run(() => Promise.reject(new Error('inner fails'))).catch(() => undefined);
    });
    await expect(doomed).rejects.toThrow('inner fails');
    expect(await names()).toEqual(['inner', 'outer']);
  });

  it('runs afterCommit actions after the outermost commit and never after a rollback', async () => {
    const { uow } = database;
    const seen: string[] = [];
    await uow.run(async () => {
      await uow.run(async () => uow.afterCommit(() => seen.push('inner')));
      seen.push('body');
    });
    await uow
      .run(async () => {
        uow.afterCommit(() => seen.push('never'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(seen).toEqual(['body', 'inner']);
  });

  it('names the violated unique key, and goes on inside the same transaction', async () => {
    const { uow } = database;
    await uow.run(async () => {
      const first = aProbe('same');
      await insertRows(uow, Probe, [first]);
      const byName = await insertRows(uow, Probe, [aProbe('same')]).catch((error: unknown) => error);
      expect(byName).toBeInstanceOf(UniqueViolation);
      expect((byName as UniqueViolation).constraint).toBe('uq_probe_name');
      const byId = await insertRows(uow, Probe, [{ ...aProbe('other'), id: first.id }]).catch(
        (error: unknown) => error,
      );
      expect((byId as UniqueViolation).constraint).toBe('PRIMARY');
      await insertRows(uow, Probe, [aProbe('after')]);
    });
    expect(await names()).toEqual(['after', 'same']);
  });

  it('inserts only what is new and counts it', async () => {
    const { uow } = database;
    const rows = ['a', 'b', 'c'].map((name) => aProbe(name));
    expect(await uow.run(() => insertIgnore(uow, Probe, rows.slice(0, 2)))).toBe(2);
    expect(await uow.run(() => insertIgnore(uow, Probe, rows))).toBe(1);
    expect(await uow.run(() => insertIgnore(uow, Probe, rows[0]!))).toBe(0);
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['a text that is too long', { nameKey: '长'.repeat(21) }],
    ['a code that is not ASCII', { code: '五个一' }],
    ['a state outside the list', { state: 'z' as 'a' }],
    ['a flag that is neither', { isOpen: 7 as unknown as boolean }],
    ['a number that is none', { amount: 'many' as unknown as number }],
  ])('refuses %s', async (_, wrong) => {
    const attempt = database.uow.run(() => insertRows(database.uow, Probe, [aProbe('v', wrong)]));
    await expect(attempt).rejects.toBeInstanceOf(ValueRefused);
  });

  it('reads back what it wrote: instants, flags, JSON and Chinese text in a byte-exact key', async () => {
    const { uow } = database;
    const row = aProbe('学考Ａ', { payload: { list: [1, 2] }, isOpen: false, amount: -5, at: 4_102_444_800_123 });
    await uow.run(() => insertRows(uow, Probe, [row, aProbe('学考ａ')]));
    expect({ ...(await uow.manager.findOneByOrFail(Probe, { id: row.id })) }).toEqual(row);
  });

  it('serves fifty concurrent increments without losing one', async () => {
    const { uow } = database;
    const row = aProbe('counter', { amount: 0 });
    await uow.run(() => insertRows(uow, Probe, [row]));
    await Promise.all(
      Array.from({ length: 50 }, () =>
        uow.run(() =>
          uow.manager
            .createQueryBuilder()
            .update(Probe)
            .set({ amount: () => 'amount + 1' })
            .where({ id: row.id })
            .execute(),
        ),
      ),
    );
    expect((await uow.manager.findOneByOrFail(Probe, { id: row.id })).amount).toBe(50);
  });
});

describe('an unreachable database', () => {
  it('is told as unavailable', async () => {
    const attempt = openDatabase({ url: 'mysql://root@127.0.0.1:9/none', entities: [] });
    await expect(attempt).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(StorageUnavailable.name).toBe('StorageUnavailable');
  });
});
