import { isRefusal } from '@xuekao/kernel';
import type { RoomFrame, RoomReceipt } from '@xuekao/contracts';
import { opaque } from './machine.js';
import { defaultLimits, HostStopped } from './host-needs.js';
import type { HostLimits } from './host-needs.js';
import { RoomHost } from './room-host.js';
import { StaleOwner, verifyLog } from './room-log.js';
import { RoomSink } from './room-sink.js';
import { counterMachine, FakeTime, MemoryRoomLog, settled } from './testing/index.js';
import type { CounterCommand } from './testing/index.js';

class Recorded extends RoomSink {
  readonly frames: [string, RoomFrame<unknown>][] = [];
  readonly personals: unknown[] = [];
  readonly counters: [string, unknown][] = [];
  override frame(audience: string, frame: RoomFrame<unknown>): void {
    this.frames.push([audience, frame]);
  }
  override personal(_roomId: string, _seq: number, messages: readonly unknown[]): void {
    this.personals.push(...messages);
  }
  ways = 0;
  override makeWay(): void {
    this.ways += 1;
  }
  override progress(_roomId: string, audience: string, counters: unknown): void {
    this.counters.push([audience, counters]);
  }
}

class World {
  readonly log = new MemoryRoomLog();
  readonly time = new FakeTime();
  readonly sink = new Recorded();
  readonly over: string[] = [];
  readonly limits: HostLimits;

  constructor(
    limits: Partial<HostLimits> = {},
    private readonly machine = counterMachine,
  ) {
    this.limits = { ...defaultLimits, ...limits };
    this.log.create('r', 'test.counter');
  }

  async open(owner = 'a'): Promise<RoomHost> {
    const claimed = await this.log.claim('r', owner);
    const { log, sink, limits } = this;
    return RoomHost.open(claimed!, opaque(this.machine), {
      log,
      sink,
      clock: this.time,
      timers: this.time,
      limits,
      over: (roomId) => this.over.push(roomId),
      stopped: () => undefined,
    });
  }

  get rows() {
    return this.log.rooms.get('r')!.rows;
  }
}

const add = (id: string, n = 1, seat = 1) => ({ id, command: { type: 'add', n, seat } satisfies CounterCommand });
const board = { audience: 'board', seat: null };
const totalIn = async (host: RoomHost) => (await host.view(board)).view as { total: number };

describe('RoomHost', () => {
  it('writes what comes in a quiet moment after 2 ms, in one row, and answers after the commit', async () => {
    const world = new World();
    const host = await world.open();
    const replies: unknown[] = [];
    for (let i = 0; i < 100; i++) void host.submit(add(`c${i}`)).then((reply) => replies.push(reply));
    await world.time.advance(1);
    expect([world.rows.length, replies.length]).toEqual([0, 0]);
    await world.time.advance(1);
    expect([world.rows.length, replies.length]).toEqual([1, 100]);
    expect((await totalIn(host)).total).toBe(100);
  });

  it('gathers more commands the longer a write takes, for 20 ms at most', async () => {
    const rowsWith = async (writeMs: number): Promise<number> => {
      const world = new World();
      world.log.beforeAppend = () => new Promise((resolve) => world.time.after(writeMs, () => resolve(undefined)));
      const host = await world.open();
      for (let i = 0; i < 200; i++) {
        void host.submit(add(`c${i}`));
        await world.time.advance(1);
      }
      await world.time.advance(100);
      expect((await totalIn(host)).total).toBe(200);
      return world.rows.length;
    };
    expect(await rowsWith(0)).toBeGreaterThan(50);
    expect(await rowsWith(2)).toBeLessThanOrEqual(25);
    expect(await rowsWith(15)).toBeLessThanOrEqual(12);
  });

  it('writes an urgent command at once, with whatever waits', async () => {
    const world = new World({ quietMs: 20 });
    const host = await world.open();
    void host.submit(add('patient'));
    await world.time.advance(5);
    expect(world.rows).toHaveLength(0);
    void host.submit({ id: 'urgent', command: { type: 'wait', ms: 50_000 } });
    await world.time.advance(0);
    expect(JSON.parse(world.rows[0]!.payload).commands.map(([id]: [string]) => id)).toEqual(['patient', 'urgent']);
    expect(world.sink.ways).toBe(1);
  });

  it('keeps counters of the whole hall back while it answers, not those of the board', async () => {
    const world = new World();
    const host = await world.open();
    await world.time.advance(5_000);
    for (let ms = 0; ms < 2_000; ms += 10) {
      for (let i = 0; i < 20; i++) void host.submit(add(`c${ms}-${i}`));
      await world.time.advance(10);
    }
    expect(new Set(world.sink.counters.map(([audience]) => audience))).toEqual(new Set(['board']));
    await world.time.advance(1_500);
    expect(world.sink.counters.at(-1)).toMatchObject(['seats', { total: 4000 }]);
  });

  it('does not wait once a batch is full', async () => {
    const world = new World();
    const host = await world.open();
    for (let i = 0; i < 300; i++) void host.submit(add(`c${i}`));
    await world.time.advance(0);
    expect(JSON.parse(world.rows[0]!.payload).commands).toHaveLength(256);
    await world.time.advance(20);
    expect((await totalIn(host)).total).toBe(300);
  });

  it('gives the same receipt for the same command id, in one batch, later, and after a crash', async () => {
    const world = new World();
    const host = await world.open();
    const twice = [host.submit(add('same')), host.submit(add('same'))];
    await world.time.advance(20);
    const later = host.submit(add('same'));
    await world.time.advance(20);
    world.time.outage(5000);
    const again = await world.open('b');
    const afterCrash = again.submit(add('same'));
    await world.time.advance(20);
    const receipts = await Promise.all([...twice, later, afterCrash]);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect((await totalIn(again)).total).toBe(1);
  });

  it('remembers receipts from before the snapshot', async () => {
    const world = new World({ snapshotEveryRows: 2 });
    const host = await world.open();
    for (let i = 0; i < 5; i++) {
      void host.submit(add(`c${i}`));
      await world.time.advance(i === 2 ? 1_500 : 20);
    }
    expect(world.log.rooms.get('r')!.snapshots.map((snapshot) => snapshot.seq)).toEqual([3]);
    await world.time.advance(1_500);
    expect(world.log.rooms.get('r')!.snapshots.map((snapshot) => snapshot.seq)).toEqual([3, 5]);
    const again = await world.open('b');
    void again.submit(add('c0'));
    await world.time.advance(20);
    expect((await totalIn(again)).total).toBe(5);
  });

  it('answers a refusal and writes nothing for it', async () => {
    const world = new World();
    const host = await world.open();
    const reply = host.submit(add('bad', -1));
    await world.time.advance(20);
    expect(isRefusal(await reply)).toBe(true);
    expect(world.rows).toHaveLength(0);
  });

  it('shows readers only what is committed', async () => {
    const world = new World();
    const host = await world.open();
    let release = (): void => undefined;
    const append = world.log.append.bind(world.log);
    world.log.append = async (lease, row) => {
      await new Promise<void>((resolve) => (release = resolve));
      return append(lease, row);
    };
    void host.submit(add('c'));
    await world.time.advance(20);
    const seen = totalIn(host);
    let answered = false;
    void seen.then(() => (answered = true));
    await settled();
    expect(answered).toBe(false);
    release();
    expect((await seen).total).toBe(1);
    expect(world.sink.frames.map(([audience]) => audience)).toEqual(['board']);
  });

  it.each(['before', 'after'] as const)(
    'loses and doubles nothing when the write fails %s the commit',
    async (when) => {
      const world = new World();
      const host = await world.open();
      world.log.failNext = when;
      const lost = host.submit(add('c'));
      const refused = expect(lost).rejects.toBeInstanceOf(HostStopped);
      await world.time.advance(20);
      await refused;
      expect(host.isStopped).toBe(true);
      const next = await world.open();
      const reply = next.submit(add('c'));
      await world.time.advance(20);
      expect(((await reply) as RoomReceipt).seq).toBe(1);
      expect((await totalIn(next)).total).toBe(1);
      expect(world.rows).toHaveLength(1);
    },
  );

  it('answers what it was writing when it is told to close', async () => {
    const world = new World();
    const host = await world.open();
    const written = host.submit(add('c'));
    await world.time.advance(19);
    let release = (): void => undefined;
    const append = world.log.append.bind(world.log);
    world.log.append = async (lease, row) => {
      await new Promise<void>((resolve) => (release = resolve));
      return append(lease, row);
    };
    await world.time.advance(1);
    const waiting = expect(host.submit(add('d'))).rejects.toBeInstanceOf(HostStopped);
    const closed = host.close('shutdown');
    release();
    await closed;
    expect(await written).toMatchObject({ commandId: 'c', seq: 1 });
    await waiting;
    expect(world.rows).toHaveLength(1);
  });

  it('stops a stale owner at its first write', async () => {
    const world = new World();
    const stale = await world.open('a');
    const fresh = await world.open('b');
    void fresh.submit(add('x'));
    const refused = expect(stale.submit(add('y'))).rejects.toMatchObject({ cause: expect.any(StaleOwner) });
    await world.time.advance(20);
    await refused;
    expect((await totalIn(fresh)).total).toBe(1);
  });

  it('rings at its deadline, and freezes the clock of an outage', async () => {
    const world = new World();
    const host = await world.open();
    void host.submit({ id: 'w', command: { type: 'wait', ms: 10_000 } });
    await world.time.advance(4_020);
    // Killed here: 6 s were left. The last sign of life was at 4 s of the second.
    world.time.outage(60_000);
    const opened = world.open('b');
    await world.time.advance(20);
    const again = await opened;
    await world.time.advance(5_900);
    expect((await totalIn(again)).total).toBe(0);
    await world.time.advance(1_200);
    expect((await totalIn(again)).total).toBe(100);
    expect(world.sink.personals).toEqual([['1', { rang: true }]]);
  });

  it('sends counters at most twice a second and ends with the last count', async () => {
    const world = new World();
    const host = await world.open();
    for (let i = 0; i < 100; i++) {
      void host.submit(add(`c${i}`));
      await world.time.advance(20);
    }
    await world.time.advance(1000);
    const of = (audience: string) => world.sink.counters.filter(([to]) => to === audience);
    expect(of('board').length).toBeLessThanOrEqual(6);
    expect(of('seats').length).toBeLessThanOrEqual(4);
    expect(of('board').at(-1)?.[1]).toMatchObject({ total: 100 });
    expect(of('seats').at(-1)?.[1]).toMatchObject({ total: 100 });
  });

  it('lets a viewer who skipped rows see that nothing is missing', async () => {
    const world = new World();
    const host = await world.open();
    const steps = [
      add('a'),
      { id: 'w', command: { type: 'wait', ms: 1 } },
      add('b'),
      { id: 'q', command: { type: 'ring' } },
    ];
    for (const step of steps) {
      void host.submit(step);
      await world.time.advance(20);
    }
    const seats = world.sink.frames.filter(([audience]) => audience === 'seats').map(([, frame]) => frame);
    for (let i = 1; i < seats.length; i++) expect(seats[i]!.after).toBe(seats[i - 1]!.seq);
    expect(await host.catchUp({ audience: 'seats', seat: null }, seats[0]!.seq)).toMatchObject({
      kind: 'frames',
      frames: seats.slice(1),
    });
    expect(await host.catchUp(board, 999)).toMatchObject({ kind: 'view' });
    expect(await host.catchUp({ audience: 'seats', seat: '1' }, seats[0]!.seq)).toMatchObject({ kind: 'view' });
  });

  it('gives a seat frames where the machine says what they do not tell, and a view where both are long', async () => {
    let beside = 'short';
    const world = new World(
      {},
      { ...counterMachine, untold: (state, { seat }) => ({ mine: state.by.get(Number(seat)), beside }) },
    );
    const host = await world.open();
    for (const step of [
      { id: 'w', command: { type: 'wait', ms: 1 } },
      add('a', 3),
      { id: 'q', command: { type: 'ring' } },
    ]) {
      void host.submit(step);
      await world.time.advance(20);
    }
    const seat = { audience: 'seats', seat: '1' };
    expect(await host.catchUp(seat, 1)).toMatchObject({ kind: 'frames', untold: { mine: 3, beside } });
    expect(await host.catchUp(seat, world.rows.length)).toMatchObject({ kind: 'current', untold: { mine: 3 } });
    beside = '长'.repeat(1_400);
    expect(await host.catchUp(seat, 1)).toMatchObject({ kind: 'view' });
    expect(await (await world.open('b')).catchUp(seat, 1)).toMatchObject({ kind: 'view' });
  });

  it('says that the room is over, and leaves a log that verifies', async () => {
    const world = new World();
    const host = await world.open();
    void host.submit(add('a'));
    void host.submit({ id: 'f', command: { type: 'finish' } });
    await world.time.advance(20);
    expect(world.over).toEqual(['r']);
    const head = world.rows.at(-1)!;
    expect(verifyLog('r', world.rows, head)).toMatchObject({ ok: true, rows: 1 });
  });
});
