import { newId } from '@xuekao/kernel';
import type { DynamicModule, Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import {
  EmbeddedRoomsModule,
  opaque,
  RedisRoomsModule,
  RoomDirectory,
  Rooms,
  roomsEntities,
  RoomsModule,
} from '@xuekao/rooms';
import { counterMachine } from '../src/testing/index.js';

const redisUrl = process.env.TEST_REDIS_URL;
type Adapters = Type | DynamicModule;
const twins: { readonly name: string; readonly nodes: number; readonly adapters: (owns?: boolean) => Adapters }[] = [
  { name: 'embedded', nodes: 1, adapters: () => EmbeddedRoomsModule },
  ...(redisUrl
    ? [{ name: 'redis', nodes: 2, adapters: (owns = true) => RedisRoomsModule.forRoot({ url: redisUrl, owns }) }]
    : []),
];
const add = (n: number) => ({ type: 'add', n, seat: 1 });
const board = { audience: 'board', seat: null };

onEveryDatabase('room adapters', [...platformEntities, ...roomsEntities], (database) => {
  describe.each(twins)('$name', ({ nodes, adapters }) => {
    const started: TestingModule[] = [];
    const aNode = async (owns = true): Promise<{ module: TestingModule; rooms: Rooms; directory: RoomDirectory }> => {
      const module = await platformTestingModule(database, { imports: [adapters(owns), RoomsModule] });
      started.push(module);
      const rooms = module.get(Rooms);
      rooms.register({ machine: opaque(counterMachine), over: async () => undefined });
      await module.init();
      return { module, rooms, directory: module.get(RoomDirectory, { strict: false }) };
    };
    afterEach(async () => {
      for (const module of started.splice(0)) await module.close();
    });
    const aRoom = async (rooms: Rooms): Promise<string> => {
      const roomId = newId();
      await database.uow.run(() => rooms.create(roomId, 'test.counter', { id: 'first', command: add(1) }));
      return roomId;
    };

    it('names one owner, whichever node is asked', async () => {
      const all = await Promise.all(Array.from({ length: nodes }, () => aNode()));
      const roomId = newId();
      const owners = await Promise.all(all.map(({ directory }) => directory.ownerFor(roomId)));
      expect(new Set(owners).size).toBe(1);
      expect(all.map(({ directory }) => directory.nodeId)).toContain(owners[0]);
    });

    it('answers commands and views the same at every node, once per command id', async () => {
      const all = await Promise.all(Array.from({ length: nodes }, () => aNode()));
      const roomId = await aRoom(all[0]!.rooms);
      const receipts = await Promise.all(all.map(({ rooms }) => rooms.submit(roomId, { id: 'same', command: add(1) })));
      expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
      for (const { rooms } of all) {
        expect(await rooms.view(roomId, board)).toMatchObject({ view: { total: 2 } });
        expect(await rooms.submit(roomId, { id: newId(), command: add(-1) })).toMatchObject({
          code: 'request.invalid',
        });
        expect(await rooms.catchUp(roomId, board, 2)).toMatchObject({ kind: 'current' });
        expect(await rooms.view(newId(), board)).toMatchObject({ code: 'rooms.not-found' });
      }
    });

    it('goes on at the next node when the owner closes', async () => {
      const first = await aNode();
      const roomId = await aRoom(first.rooms);
      const receipt = await first.rooms.submit(roomId, { id: 'a', command: add(1) });
      const second = await aNode();
      await first.module.close();
      expect(await second.rooms.submit(roomId, { id: 'a', command: add(1) })).toEqual(receipt);
      expect(await second.rooms.view(roomId, board)).toMatchObject({ view: { total: 2 } });
    });

    it('lets a process that owns no rooms ask one that does', async () => {
      const owner = await aNode();
      const asking = nodes > 1 ? await aNode(false) : owner;
      const roomId = await aRoom(asking.rooms);
      expect(await asking.rooms.submit(roomId, { id: 'a', command: add(4) })).toMatchObject({ seq: 2 });
      expect(await owner.directory.ownerFor(roomId)).toBe(owner.directory.nodeId);
    });
  });
});
