import { jest } from '@jest/globals';
import type { Namespace, Socket } from 'socket.io';
import { RoomSockets, sliceSockets } from './room-sockets.js';

interface Written {
  readonly slice: string;
  readonly message: string;
  readonly body: unknown;
  readonly turn: number;
}

/** A namespace that notes what is written in which turn of the event loop. */
function aNamespace() {
  const written: Written[] = [];
  let turn = 0;
  const next = (): void => {
    turn += 1;
    if (turn < 100) setImmediate(next);
  };
  const to = (slice: string) => ({
    emit: (message: string, body: unknown) => void written.push({ slice, message, body, turn }),
  });
  const namespace = { local: { to, volatile: { to } } } as unknown as Namespace;
  return { namespace, written, startTurns: () => setImmediate(next) };
}

let sockets = 0;
const aSocket = (accountId?: string): Socket => {
  const data = accountId ? { identity: { kind: 'account', actor: { accountId } } } : {};
  const id = `s${sockets++}`;
  return { id, data, join: () => undefined, leave: () => undefined, emit: () => true } as unknown as Socket;
};
const frame = { roomId: 'r', seq: 2, after: 1, at: 0, events: [] };
const player = (seat: string) => ({ audience: 'player', seat });
const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('RoomSockets', () => {
  it('writes a frame in slices, one a turn, so that answers are served in between', async () => {
    const { namespace, written, startTurns } = aNamespace();
    const sockets = new RoomSockets();
    sockets.attach(namespace);
    for (let i = 0; i < sliceSockets * 2 + 1; i++) await sockets.enter(aSocket(), 'r', player(`m${i}`));
    startTurns();
    sockets.frame('player', frame);
    await turns();
    expect(written.map(({ slice }) => slice)).toEqual(['r/player/0', 'r/player/1', 'r/player/2']);
    expect(new Set(written.map(({ turn }) => turn)).size).toBe(3);
  });

  it('goes on with the next frame when one cannot be written', async () => {
    const { namespace, written } = aNamespace();
    const sockets = new RoomSockets();
    const { local } = namespace as unknown as {
      local: { to: (slice: string) => { emit: (...args: unknown[]) => void } };
    };
    const { to } = local;
    local.to = (slice) => {
      local.to = to;
      throw new Error(slice);
    };
    sockets.attach(namespace);
    await sockets.enter(aSocket(), 'r', player('m'));
    sockets.frame('player', frame);
    sockets.frame('player', { ...frame, seq: 3, after: 2 });
    sockets.progress('r', 'player', { answered: 1 });
    await turns();
    expect(written.map(({ message }) => message)).toEqual(['room:event', 'room:progress']);
  });

  it('keeps frames in order, and holds the newest counters back while frames wait', async () => {
    const { namespace, written } = aNamespace();
    const sockets = new RoomSockets();
    sockets.attach(namespace);
    for (let i = 0; i < sliceSockets + 1; i++) await sockets.enter(aSocket(), 'r', player(`m${i}`));
    sockets.frame('player', frame);
    sockets.progress('r', 'player', { answered: 1 });
    sockets.progress('r', 'player', { answered: 2 });
    sockets.frame('player', { ...frame, seq: 3, after: 2 });
    await turns();
    expect(written.map(({ slice, message }) => `${message} ${slice}`)).toEqual([
      'room:event r/player/0',
      'room:event r/player/1',
      'room:event r/player/0',
      'room:event r/player/1',
      'room:progress r/player/0',
      'room:progress r/player/1',
    ]);
    expect(written.slice(4).map(({ body }) => body)).toEqual([
      { roomId: 'r', answered: 2 },
      { roomId: 'r', answered: 2 },
    ]);
  });

  it('fills the gaps that leavers make, and sends nothing to an audience that is gone', async () => {
    const { namespace, written } = aNamespace();
    const sockets = new RoomSockets();
    sockets.attach(namespace);
    const leaver = aSocket();
    await sockets.enter(leaver, 'r', player('m1'));
    sockets.leaveAll(leaver);
    sockets.frame('player', frame);
    await turns();
    expect(written).toEqual([]);
    await sockets.enter(aSocket(), 'r', player('m2'));
    sockets.frame('player', frame);
    await turns();
    expect(written.map(({ slice }) => slice)).toEqual(['r/player/0']);
  });

  it('counts a phone that polls as online until it falls silent, and once when it has a socket too', async () => {
    jest.useFakeTimers();
    try {
      const { namespace } = aNamespace();
      const sockets = new RoomSockets();
      sockets.attach(namespace);
      const told: unknown[] = [];
      sockets.watched = (_roomId, online) => void told.push(online.player);
      void sockets.enter(aSocket(), 'r', player('m1'));
      sockets.polled('r', player('m1'));
      sockets.polled('r', player('m2'));
      jest.advanceTimersByTime(1_000);
      expect(told).toEqual([2]);
      for (let asked = 0; asked < 10; asked++) {
        sockets.polled('r', player('m2'));
        jest.advanceTimersByTime(2_000);
      }
      expect(told.at(-1)).toBe(2);
      jest.advanceTimersByTime(20_000);
      expect(told.at(-1)).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('counts persons by audience: devices of a seat and consoles of an account once, screens each', () => {
    jest.useFakeTimers();
    try {
      const sockets = new RoomSockets();
      let told: unknown;
      sockets.watched = (_roomId, online) => (told = online);
      const enter = (audience: string, seat: string | null, account?: string): void =>
        void sockets.enter(aSocket(account), 'r', { audience, seat });
      for (const seat of ['m1', 'm1', 'm2']) enter('team', seat, `a-${seat}`);
      for (const seat of ['m3', 'm4', 'm4', 'm5']) enter('audience', seat);
      for (const account of ['h1', 'h1', 'h2']) enter('host', null, account);
      for (let screens = 0; screens < 2; screens++) enter('screen', null);
      sockets.polled('r', { audience: 'audience', seat: 'm6' });
      sockets.polled('r', { audience: 'team', seat: 'm2' });
      jest.advanceTimersByTime(1_000);
      expect(told).toEqual({ team: 2, audience: 4, host: 2, screen: 2 });
    } finally {
      jest.useRealTimers();
    }
  });

  it('lets urgent work pass between two slices', async () => {
    const { namespace, written } = aNamespace();
    const sockets = new RoomSockets();
    sockets.attach(namespace);
    for (let i = 0; i < sliceSockets * 2; i++) await sockets.enter(aSocket(), 'r', player(`m${i}`));
    // The way is made for so many milliseconds at most: none of them pass here.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      let done: () => void = () => undefined;
      sockets.makeWay(new Promise<void>((resolve) => (done = resolve)));
      sockets.frame('player', frame);
      await turns();
      expect(written).toHaveLength(1);
      done();
      await turns();
      expect(written).toHaveLength(2);
      sockets.makeWay(new Promise<void>(() => undefined));
      sockets.frame('player', { ...frame, seq: 3, after: 2 });
      await turns();
      expect(written).toHaveLength(3);
      jest.advanceTimersByTime(30);
      await turns();
      expect(written).toHaveLength(4);
    } finally {
      jest.useRealTimers();
    }
  });

  it('knows a socket by its last entry only', async () => {
    const { namespace } = aNamespace();
    const sockets = new RoomSockets();
    sockets.attach(namespace);
    const socket = aSocket();
    await sockets.enter(socket, 'r', player('m1'));
    await sockets.enter(socket, 'r', { audience: 'host', seat: null });
    expect(sockets.viewerOf(socket, 'r')).toEqual({ audience: 'host', seat: null });
    sockets.leave(socket, 'r');
    expect(sockets.viewerOf(socket, 'r')).toBeUndefined();
  });
});
