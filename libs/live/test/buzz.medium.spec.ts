import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Namespace } from 'socket.io';
import { newId } from '@xuekao/kernel';
import type { BuzzView, LiveBuzzReady, RoomReceipt } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { Rooms, RoomSockets } from '@xuekao/rooms';
import { buzzRoom } from './server/buzz-room.js';
import { TestClient, until } from './server/player.js';
import { portOf, startTestServer, testEntities } from './server/test-server.js';

onEveryDatabase('a buzzer in a room', testEntities, (database) => {
  let app: NestFastifyApplication;
  let rooms: Rooms;
  const roomId = newId();
  const clients: TestClient[] = [];

  beforeAll(async () => {
    app = await startTestServer({ file: database.file, url: database.url });
    rooms = app.get(Rooms);
    rooms.register({ machine: buzzRoom, over: async () => undefined });
    const arm = { type: 'arm', scope: 'round', teams: ['a', 'b'] };
    await app.get(UnitOfWork).run(() => rooms.create(roomId, 'test.buzz', { id: 'arm', command: arm }));
  });
  afterAll(() => app.close());
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const aClient = async (seat: string | null): Promise<TestClient> => {
    const client = await TestClient.connect(portOf(app), { token: 'member:1' });
    clients.push(client);
    const sockets = app.get(RoomSockets);
    const { namespace } = sockets as unknown as { namespace: Namespace };
    const socket = namespace.sockets.get(client.socket.id!)!;
    if (seat !== null) await sockets.enter(socket, roomId, { audience: 'contestant', seat });
    return client;
  };
  const view = async (): Promise<BuzzView> => {
    const seen = (await rooms.view(roomId, { audience: 'contestant', seat: 'a' })) as { view: BuzzView };
    return seen.view;
  };
  const codeOf = async (client: TestClient, message: 'room:buzz' | 'room:buzz-ready', body: object): Promise<string> =>
    (await client.refused(message, body)).code;
  const press = (buzz = 1) => ({ commandId: newId(), roomId, buzz, pressedAt: Date.now() });

  it('measures the way to a device by probes that the server starts', async () => {
    const client = await aClient('a');
    let ready: LiveBuzzReady = { rttMs: null, samples: 0 };
    await until(async () => {
      ready = await client.got<LiveBuzzReady>('room:buzz-ready', { roomId });
      await new Promise((resolve) => setTimeout(resolve, 200));
      return ready.samples >= 6;
    }, 'six samples');
    expect(ready.rttMs).toBeGreaterThanOrEqual(0);
  });

  it('takes presses from the opening on, calls an earlier one a foul, and gives it to the first', async () => {
    const [a, b] = [await aClient('a'), await aClient('b')];
    await a.got<RoomReceipt>('room:buzz', press());
    expect((await view()).fouls).toMatchObject([{ team: 'a', earlyMs: null }]);
    await rooms.submit(roomId, { id: 'open', command: { type: 'open' } });
    const { openAt } = await view();
    await until(() => Date.now() > openAt!, 'the opening');
    const mine = press();
    const receipt = await b.got<RoomReceipt>('room:buzz', mine);
    expect(await b.got<RoomReceipt>('room:buzz', mine)).toEqual(receipt);
    await until(() => JSON.stringify(a.frames).includes('buzz-decided'), 'the decision');
    expect(await view()).toMatchObject({ phase: 'decided', decision: { winner: 'b', tooClose: false } });
    expect(JSON.stringify(a.frames)).not.toContain('buzz-pressed');
  });

  it('refuses who has no seat, who is barred or late, and what is no press', async () => {
    const [stranger, a] = [await aClient(null), await aClient('a')];
    expect(await codeOf(stranger, 'room:buzz', press())).toBe('live.seat.unknown');
    expect(await codeOf(stranger, 'room:buzz-ready', { roomId })).toBe('live.seat.unknown');
    expect(await codeOf(a, 'room:buzz', press(7))).toBe('live.buzz.closed');
    for (const bad of [{ buzz: 0 }, { pressedAt: 'now' }, { pressedAt: -1 }, { commandId: 'x' }, { rttMs: 500 }]) {
      expect(await codeOf(a, 'room:buzz', { ...press(), ...bad })).toBe('request.invalid');
    }
  });
});
