import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type {
  BattleClientMessages,
  BuzzClientMessages,
  LiveClientMessages,
  LiveReply,
  Problem,
  StageClientMessages,
} from '@xuekao/contracts';
import { Client } from '../harness/client.js';
import { foreignThings } from '../harness/foreign-things.js';
import type { ForeignThings } from '../harness/foreign-things.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(60_000);

type Message = keyof (LiveClientMessages & BuzzClientMessages & BattleClientMessages & StageClientMessages);

/** A body that is well formed, for a room. */
const bodies = {
  'room:join': () => ({ code: '000000' }),
  'room:watch': (roomId: string) => ({ roomId }),
  'room:resume': (roomId: string) => ({ roomId, role: 'host', lastSeq: 0 }),
  'room:answer': (roomId: string) => ({ commandId: randomUUID(), roomId, question: 0, choice: { options: [0] } }),
  'room:command': (roomId: string) => ({ commandId: randomUUID(), roomId, console: 'c', act: { type: 'next' } }),
  'room:buzz-ready': (roomId: string) => ({ roomId }),
  'room:buzz': (roomId: string) => ({ commandId: randomUUID(), roomId, buzz: 1, pressedAt: 1 }),
  'battle:find': () => ({ mode: 'duel' }),
  'battle:cancel': () => ({ mode: 'duel' }),
  'battle:enter': (roomId: string) => ({ roomId }),
  'battle:resume': (roomId: string) => ({ roomId, lastSeq: 0 }),
  'battle:answer': (roomId: string) => ({ commandId: randomUUID(), roomId, question: 0, options: [0] }),
  'battle:act': (roomId: string) => ({ commandId: randomUUID(), roomId, act: 'leave' }),
  'stage:join': () => ({ code: '000000' }),
  'stage:watch': (roomId: string) => ({ roomId, role: 'host' }),
  'stage:resume': (roomId: string) => ({ roomId, role: 'judge', lastSeq: 0 }),
  'stage:more': (roomId: string) => ({ roomId, role: 'host', part: 'ledger', from: 0 }),
  'stage:act': (roomId: string) => ({
    commandId: randomUUID(),
    roomId,
    role: 'host',
    console: 'c',
    act: { type: 'next' },
  }),
  'time:sync': () => ({}),
} satisfies Record<Message, (roomId: string) => object>;
const messages = Object.keys(bodies) as Message[];
const withoutRoom: readonly Message[] = ['room:join', 'stage:join', 'battle:find', 'battle:cancel', 'time:sync'];
const ofRooms = messages.filter((message) => !withoutRoom.includes(message));

describe.each(topologies)('sockets without the right on $name', ({ start }) => {
  let app: Topology;
  let things: ForeignThings;
  let clients: Map<string, Client>;
  const open: Socket[] = [];

  beforeAll(async () => {
    app = await start();
    clients = new Map();
    for (const [who, password] of app.passwords) clients.set(who, await Client.signIn(app.url, who, password));
    things = await foreignThings(clients.get('committee')!, clients.get('sysadmin')!, clients.get('member2')!);
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.disconnect();
    // The process lives on, whatever it was sent.
    expect(await clients.get('member')!.get('/auth/me')).toBeDefined();
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const socketWith = (auth: object, namespace = '/live'): Socket => {
    const socket = io(`${app.url}${namespace}`, {
      auth,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    open.push(socket);
    return socket;
  };
  const connected = async (auth: object): Promise<Socket> => {
    const socket = socketWith(auth);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  };
  const as = (who: string): Promise<Socket> => connected({ token: clients.get(who)!.token });
  const ask = async (socket: Socket, message: string, body: unknown): Promise<string> => {
    const reply = (await socket.timeout(5_000).emitWithAck(message, body)) as LiveReply<unknown>;
    return reply.ok ? 'ok' : reply.problem.code;
  };

  it.each([
    ['nothing', {}],
    ['an empty token', { token: '' }],
    ['a token of another kind', { token: 'abc.def.ghi' }],
    ['no text as token', { token: { toString: 'x' } }],
    ['a forged screen', { screen: 'abc.def' }],
  ])('are refused at the handshake with %s', async (_what, auth) => {
    const socket = socketWith(auth);
    const error = await new Promise<Error & { data?: Problem }>((resolve, reject) => {
      socket.once('connect', () => reject(new Error('was let in')));
      socket.once('connect_error', resolve);
    });
    expect(error.data).toMatchObject({ status: 401, title: expect.stringMatching(/\p{Script=Han}/u) });
  });

  it('find no other namespace', async () => {
    const socket = socketWith({ token: clients.get('member')!.token }, '/');
    const outcome = await new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('connect'));
      socket.once('connect_error', (error) => resolve(error.message));
    });
    if (outcome === 'connect') expect(await ask(socket, 'room:watch', {}).catch(() => 'no answer')).toBe('no answer');
  });

  it.each(ofRooms)('of a member get a problem for %s on a room that is not theirs', async (message) => {
    const socket = await as('member');
    for (const roomId of [things.roomId, randomUUID()]) {
      expect(await ask(socket, message, bodies[message](roomId))).toMatch(
        /^(auth\.forbidden|resource\.not-found|rooms\.not-found|live\.seat\.unknown)$/,
      );
    }
  });

  it.each([
    'room:watch',
    'room:resume',
    'room:command',
    'stage:watch',
    'stage:resume',
    'stage:more',
    'stage:act',
  ] as const)("of another branch's organiser do not find the room by %s", async (message) => {
    const socket = await as('organiser');
    for (const roomId of [things.roomId, randomUUID()]) {
      expect(await ask(socket, message, bodies[message](roomId))).toBe('resource.not-found');
    }
  });

  it.each(['sysadmin', 'secadmin', 'auditor'])('of %s reach no room', async (who) => {
    const socket = await as(who);
    for (const message of ofRooms) {
      expect(await ask(socket, message, bodies[message](things.roomId))).toMatch(/auth\.|not-found|live\.seat\./);
    }
  });

  it('are closed when their session ends, in whichever process that happens', async () => {
    const [returning, staying] = [
      await Client.signIn(app.url, 'member2', app.passwords.get('member2')!),
      await as('member'),
    ];
    const socket = await connected({ token: returning.token });
    const ended = new Promise<Problem>((resolve) => socket.once('session:ended', resolve));
    const closed = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    await returning.delete('/auth/devices');
    expect(await ended).toMatchObject({ code: 'auth.required' });
    expect(await closed).toBe('io server disconnect');
    expect(staying.connected).toBe(true);
    clients.set('member2', await Client.signIn(app.url, 'member2', app.passwords.get('member2')!));
  });

  it('of a screen are held to their room and may only look', async () => {
    const { token } = await clients.get('committee')!.post<{ token: string }>(`/live/rooms/${things.roomId}/screens`);
    const socket = await connected({ screen: token });
    expect(await ask(socket, 'room:watch', { roomId: things.roomId })).toBe('ok');
    expect(await ask(socket, 'room:watch', { roomId: randomUUID() })).toBe('live.screen.invalid');
    for (const message of ['room:join', 'room:answer', 'room:command', 'stage:join', 'stage:act'] as const) {
      expect(await ask(socket, message, bodies[message](things.roomId))).toMatch(/^auth\./);
    }
  });

  const garbage = [null, undefined, 0, '', 'text', [], [[]], { roomId: {} }, { __proto__: { roomId: 1 } }, { code: 1 }];
  it.each(messages)('get a problem, not silence, for %s with a broken body', async (message) => {
    const socket = await as('committee');
    for (const body of garbage) {
      const code = await ask(socket, message, body);
      if (message !== 'time:sync') expect({ body, code }).toEqual({ body, code: 'request.invalid' });
    }
    const extra = { ...bodies[message](things.roomId), isAdmin: true };
    expect(await ask(socket, message, extra)).toBe('request.invalid');
  });

  it('may leave out the acknowledgement, send unknown messages and huge ones', async () => {
    const socket = await as('member');
    for (const message of messages)
      socket.emit(message, null).emit(message).emit(message, bodies[message](things.roomId));
    socket.emit('room:destroy', { roomId: things.roomId });
    socket.emit('room:answer', 'x'.repeat(20_000), { second: true });
    expect(await ask(socket, 'time:sync', {})).toBe('ok');
    const ended = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
    socket.emit('room:answer', 'x'.repeat(200_000));
    await ended;
  });

  it('that send without end are told to wait', async () => {
    const socket = await as('member');
    const codes = await Promise.all(Array.from({ length: 90 }, () => ask(socket, 'time:sync', {})));
    expect(codes.filter((code) => code === 'request.rate-limited').length).toBeGreaterThanOrEqual(20);
  });
});
