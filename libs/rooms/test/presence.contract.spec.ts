import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket as Wire } from 'node:net';
import type { Socket } from 'socket.io';
import { RedisRoomNode } from '../src/redis/redis-rooms.module.js';

const redisUrl = process.env.TEST_REDIS_URL;

/** A way to Redis that can be cut, as a network does: open connections end and new ones are refused. */
class Way {
  private readonly open = new Set<Wire>();
  private readonly server = createServer((wire) => this.lead(wire));
  private isCut = false;

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const wire of this.open) wire.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private lead(wire: Wire): void {
    if (this.isCut) return void wire.destroy();
    const { hostname, port } = new URL(redisUrl!);
    const far = connect(Number(port || 6379), hostname);
    for (const [from, to] of [
      [wire, far],
      [far, wire],
    ] as const) {
      this.open.add(from);
      from.pipe(to);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.open.delete(from);
        to.destroy();
      });
    }
  }
}

const aSocket = (id: string): Socket => {
  const data = { identity: { kind: 'account', actor: { accountId: id } } };
  return { id, data, join: () => undefined, leave: () => undefined, emit: () => true } as unknown as Socket;
};

async function until(claim: () => boolean, what: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!claim()) {
    if (Date.now() > giveUpAt) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('who is online at several nodes', () => {
  it('is tried where there is a Redis', () => {
    expect(redisUrl ?? 'none').toMatch(/^redis:|^none$/);
  });

  if (!redisUrl) return;
  const presence = { beatMs: 100, silentMs: 1_000 };
  const roomId = `room-${process.pid}-${Date.now()}`;
  const nodes: RedisRoomNode[] = [];
  let ended: RedisRoomNode | null = null;
  const way = new Way();
  const online = new Map<RedisRoomNode, Readonly<Record<string, number>>>();
  const aNode = (url: string): RedisRoomNode => {
    const node = new RedisRoomNode({ url, owns: false, presence });
    node.sockets.watched = (_roomId, counts) => void online.set(node, counts);
    nodes.push(node);
    return node;
  };
  afterAll(async () => {
    for (const node of nodes) if (node !== ended) node.onApplicationShutdown();
    await way.stop();
  });
  const seat = (member: string) => ({ audience: 'player', seat: member });
  const host = { audience: 'host', seat: null };

  it('counts a person at two of them once, and nobody at one that lost Redis, until it is back', async () => {
    const [cutOff, other] = [aNode(await way.start()), aNode(redisUrl)];
    await cutOff.sockets.enter(aSocket('console'), roomId, host);
    await cutOff.sockets.enter(aSocket('a'), roomId, seat('m1'));
    await other.sockets.enter(aSocket('b'), roomId, seat('m1'));
    await other.sockets.enter(aSocket('c'), roomId, seat('m2'));
    const sees = (node: RedisRoomNode, counts: string) => () => JSON.stringify(online.get(node)) === counts;
    const all = () => [online.get(other)?.player, online.get(other)?.host].join() === '2,1';
    await until(all, 'everybody at both nodes');
    way.cut();
    await until(sees(other, '{"player":2}'), 'the console to be gone');
    way.mend();
    await until(all, 'the console to be back');
    ended = cutOff;
    cutOff.onApplicationShutdown();
    await until(sees(other, '{"player":2}'), 'a node that died to be forgotten');
  }, 90_000);
});
