import { isRefusal, newId } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import {
  defaultLimits,
  EmbeddedRoomsModule,
  HostStopped,
  opaque,
  realTimers,
  RoomHost,
  Rooms,
  roomsEntities,
  RoomsModule,
  RoomSink,
  RoomStore,
} from '@xuekao/rooms';
import type { TestDatabase } from '@xuekao/database/testing';
import { counterMachine } from '../src/testing/index.js';
import { RoomEventRow } from '../src/rooms.entity.js';

class Nowhere extends RoomSink {
  override frame(): void {}
  override personal(): void {}
  override progress(): void {}
}
const machine = opaque(counterMachine);
const board = { audience: 'board', seat: null };
const add = (n: number, seat = 1) => ({ type: 'add', n, seat });

/** A process of its own over the same database: its rooms service with nothing in memory. */
async function aProcess(database: TestDatabase, over: (roomId: string) => Promise<void> = async () => undefined) {
  const module = await platformTestingModule(database, { imports: [EmbeddedRoomsModule, RoomsModule] });
  const rooms = module.get(Rooms);
  rooms.register({ machine, over: (roomId) => over(roomId) });
  return { module, rooms, store: module.get(RoomStore, { strict: false }) };
}

onEveryDatabase('rooms', [...platformEntities, ...roomsEntities], (database) => {
  const aRoom = async (rooms: Rooms): Promise<string> => {
    const roomId = newId();
    await database.uow.run(() => rooms.create(roomId, 'test.counter', { id: 'first', command: add(1) }));
    return roomId;
  };
  const totalOf = async (rooms: Rooms, roomId: string): Promise<unknown> => {
    const seen = await rooms.view(roomId, board);
    return isRefusal(seen) ? seen : (seen.view as { total: number }).total;
  };

  it('goes on in the next process with every receipt, from log and snapshot', async () => {
    const first = await aProcess(database);
    const roomId = await aRoom(first.rooms);
    const receipts = [];
    for (let i = 0; i < 5; i++) {
      receipts.push(await first.rooms.submit(roomId, { id: `c${i}`, command: add(1) }));
    }
    await first.module.close();
    const second = await aProcess(database);
    expect(await totalOf(second.rooms, roomId)).toBe(6);
    expect(await second.rooms.submit(roomId, { id: 'c2', command: add(1) })).toEqual(receipts[2]);
    expect(await totalOf(second.rooms, roomId)).toBe(6);
    expect(await second.rooms.verify(roomId)).toMatchObject({ ok: true, rows: 6 });
    await second.module.close();
  });

  it('writes many commands into one row', async () => {
    const { module, rooms } = await aProcess(database);
    const roomId = await aRoom(rooms);
    await rooms.view(roomId, board);
    await Promise.all(Array.from({ length: 100 }, (_, i) => rooms.submit(roomId, { id: `m${i}`, command: add(1, i) })));
    expect(await totalOf(rooms, roomId)).toBe(101);
    expect(await database.uow.manager.countBy(RoomEventRow, { roomId })).toBeLessThanOrEqual(4);
    await module.close();
  });

  it('lets the older of two owners lose at its next write, and its caller nothing', async () => {
    const older = await aProcess(database);
    const newer = await aProcess(database);
    const roomId = await aRoom(older.rooms);
    await older.rooms.submit(roomId, { id: 'a', command: add(1) });
    await newer.rooms.submit(roomId, { id: 'b', command: add(1) });
    // Both embedded directories believe in themselves; only the database knows better, and each retry takes the room back.
    await older.rooms.submit(roomId, { id: 'c', command: add(1) });
    expect(await totalOf(older.rooms, roomId)).toBe(4);
    expect(await older.rooms.verify(roomId)).toMatchObject({ ok: true, rows: 4 });
    await older.module.close();
    await newer.module.close();
  });

  it('refuses a write of a host whose epoch has passed, whatever it holds', async () => {
    const { module, rooms, store } = await aProcess(database);
    const roomId = await aRoom(rooms);
    const needs = {
      log: store,
      sink: new Nowhere(),
      clock: database.clock,
      timers: realTimers,
      limits: defaultLimits,
      over: () => undefined,
      stopped: () => undefined,
    };
    const stale = await RoomHost.open((await store.claim(roomId, 'old'))!, machine, needs);
    await store.claim(roomId, 'new');
    await expect(stale.submit({ id: 'late', command: add(5) })).rejects.toBeInstanceOf(HostStopped);
    expect(await totalOf(rooms, roomId)).toBe(1);
    await module.close();
  });

  it('keeps one snapshot, and folds the same state from it', async () => {
    const { module, rooms, store } = await aProcess(database);
    const roomId = await aRoom(rooms);
    const limits = { ...defaultLimits, snapshotEveryRows: 2, batchMs: 0 };
    const needs = {
      log: store,
      sink: new Nowhere(),
      clock: database.clock,
      timers: realTimers,
      limits,
      over: () => undefined,
      stopped: () => undefined,
    };
    const host = await RoomHost.open((await store.claim(roomId, 'a'))!, machine, needs);
    for (let i = 0; i < 6; i++) await host.submit({ id: `s${i}`, command: add(1) });
    // Kept in a pause of the room, not before the answers.
    const kept = () => store.latestSnapshot(roomId, 1);
    for (let tries = 0; tries < 200 && (await kept())?.seq !== 7; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    host.stop('test');
    expect(await kept()).toMatchObject({ seq: 7 });
    expect(await store.latestSnapshot(roomId, 2)).toBeNull();
    expect(await totalOf(rooms, roomId)).toBe(7);
    await module.close();
  });

  const setRow = (roomId: string, seq: number, change: Partial<RoomEventRow>) =>
    database.uow.manager.update(RoomEventRow, { roomId, seq }, change);
  const tamperings = {
    changed: async (roomId: string) => {
      const row = await database.uow.manager.findOneByOrFail(RoomEventRow, { roomId, seq: 2 });
      await setRow(roomId, 2, { payload: row.payload.replace('"n":1', '"n":9') });
    },
    removed: async (roomId: string) => void (await database.uow.manager.delete(RoomEventRow, { roomId, seq: 2 })),
    swapped: async (roomId: string) => {
      await setRow(roomId, 2, { seq: 99 });
      await setRow(roomId, 3, { seq: 2 });
      await setRow(roomId, 99, { seq: 3 });
    },
    'cut-off': async (roomId: string) => void (await database.uow.manager.delete(RoomEventRow, { roomId, seq: 4 })),
  };
  it.each(Object.keys(tamperings) as (keyof typeof tamperings)[])(
    'finds a row that was %s, by its number',
    async (how) => {
      const { module, rooms } = await aProcess(database);
      const roomId = await aRoom(rooms);
      for (const id of ['x', 'y', 'z']) await rooms.submit(roomId, { id, command: add(1) });
      expect(await rooms.verify(roomId)).toMatchObject({ ok: true, rows: 4 });
      await database.uow.run(() => tamperings[how](roomId));
      expect(await rooms.verify(roomId)).toEqual({ ok: false, seq: how === 'cut-off' ? 4 : 2, reason: how });
      expect(await rooms.roomIds()).toContain(roomId);
      await module.close();
    },
  );

  it('erases a room that somebody runs, who can write to it no more', async () => {
    const { module, rooms } = await aProcess(database);
    const other = await aProcess(database);
    const roomId = await aRoom(rooms);
    await rooms.submit(roomId, { id: 'x', command: add(1) });
    await database.uow.run(() => other.rooms.erase(roomId));
    expect(await rooms.submit(roomId, { id: 'y', command: add(1) })).toMatchObject({ code: 'rooms.not-found' });
    expect(await database.uow.manager.countBy(RoomEventRow, { roomId })).toBe(0);
    await module.close();
    await other.module.close();
  });

  it('settles a finished room until it is closed, also after a crash in between', async () => {
    let fail = true;
    const settled: string[] = [];
    const open = () =>
      aProcess(database, async (roomId) => {
        if (fail) throw new Error('the results cannot be saved');
        await database.uow.run(async () => {
          if (await current.rooms.close(roomId)) settled.push(roomId);
        });
      });
    let current = await open();
    const roomId = await aRoom(current.rooms);
    await current.rooms.submit(roomId, { id: 'end', command: { type: 'finish' } });
    await current.module.close();
    fail = false;
    current = await open();
    await current.rooms.view(roomId, board);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await current.rooms.view(roomId, board);
    expect(settled).toEqual([roomId]);
    await current.module.close();
  });

  it('does not know a room that is not there', async () => {
    const { module, rooms } = await aProcess(database);
    expect(await rooms.view(newId(), board)).toMatchObject({ code: 'rooms.not-found' });
    await module.close();
  });
});
