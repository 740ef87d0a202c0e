import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@xuekao/kernel';
import type { BattleEntered, BattleStanding, BattleView, MyBattles, RoomReceipt } from '@xuekao/contracts';
import { migratedDatabase, testTargets } from '@xuekao/database/testing';
import { http, TestClient, until } from './server/player.js';
import { ServerProcess } from './server/server-process.js';

/** Several nodes need a server database and Redis; the runner names what it did not find. */
const redis = process.env.TEST_REDIS_URL;
const targets = redis ? testTargets().filter((target) => target.url) : [];

const isPassing = /rooms\.unreachable|live\.answer\.too-early|disconnect|no connection|timed out|websocket/;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A phone that comes back: at the node it is led to, until it is let in. */
class Phone {
  private client: TestClient | null = null;

  constructor(
    readonly number: number,
    public node: ServerProcess,
  ) {}

  async ask<T>(message: 'battle:find' | 'battle:enter' | 'battle:answer' | 'battle:act', body: object): Promise<T> {
    let got: T | undefined;
    await until(
      async () => {
        try {
          got = await (await this.connected()).got<T>(message, body);
          return true;
        } catch (error) {
          if (!isPassing.test(String(error))) throw error;
          await pause(300);
          return false;
        }
      },
      `${message} of phone ${this.number}`,
      30_000,
    );
    return got!;
  }

  find(): Promise<BattleStanding> {
    return this.ask('battle:find', { mode: 'duel' });
  }

  async view(roomId: string): Promise<BattleView> {
    return (await this.ask<BattleEntered>('battle:enter', { roomId })).view as BattleView;
  }

  async matched(): Promise<string> {
    const client = await this.connected();
    await until(() => client.standings.length > 0, 'a battle');
    const [standing] = client.standings;
    if (standing?.state !== 'playing') throw new Error(`Not matched: ${JSON.stringify(standing)}`);
    return standing.roomId;
  }

  async mine(): Promise<MyBattles> {
    const reply = await http(this.node.port, 'GET', '/live/battles/mine', `member:${this.number}`);
    return reply.body as unknown as MyBattles;
  }

  close(): void {
    this.client?.close();
  }

  private async connected(): Promise<TestClient> {
    if (!this.client?.socket.connected) {
      this.client?.close();
      this.client = await TestClient.connect(this.node.port, { token: `member:${this.number}` });
    }
    return this.client;
  }
}

const answer = (roomId: string, question: number, option: number) => ({
  commandId: newId(),
  roomId,
  question,
  options: [option],
});

/** Plays on after the fall of `owner`, whose place `next` takes, and holds the end against what was acknowledged before it. */
async function playThroughFall(a: Phone, b: Phone, roomId: string, fall: () => Promise<void>): Promise<void> {
  await until(
    async () => {
      await pause(500);
      return (await a.view(roomId)).phase === 'question';
    },
    'the first question',
    15_000,
  );
  const first = answer(roomId, 0, 2);
  const receipt = await a.ask<RoomReceipt>('battle:answer', first);
  await fall();
  expect(await a.ask<RoomReceipt>('battle:answer', first)).toEqual(receipt);
  expect(await a.find()).toEqual({ state: 'playing', mode: 'duel', roomId });
  expect((await a.view(roomId)).me).toMatchObject({ choice: [2] });
  const seen = await b.view(roomId);
  expect(seen).toMatchObject({ phase: 'question', me: { choice: null } });
  expect(JSON.stringify(seen)).not.toContain('EXPLANATION');
  await b.ask('battle:answer', answer(roomId, 0, 1));
  expect(await a.view(roomId)).toMatchObject({ seats: [{ correct: 1 }, { correct: 0 }] });
  await b.ask('battle:act', { commandId: newId(), roomId, act: 'leave' });
  await until(async () => (await a.mine()).games.length === 1, 'the record');
  expect((await a.mine()).games).toMatchObject([{ roomId, correct: 1, place: 1, persons: 2 }]);
  expect((await b.mine()).games).toMatchObject([{ roomId, correct: 0, place: 2 }]);
}

describe('a battle', () => {
  it('goes on with its answers when its server is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xuekao-battle-'));
    const server = new ServerProcess({ TEST_FILE: join(folder, 'test.db') });
    await server.start();
    const [a, b] = [new Phone(1, server), new Phone(2, server)];
    try {
      // Killed while one waits: he finds his way in again, and is matched.
      await a.find();
      await server.kill();
      await server.start();
      await a.find();
      await b.find();
      const roomId = await a.matched();
      await playThroughFall(a, b, roomId, async () => {
        await server.kill();
        await server.start();
      });
    } finally {
      for (const phone of [a, b]) phone.close();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);

  for (const target of targets) {
    it(`brings together members of two nodes, and outlives either, on ${target.name}`, async () => {
      const scratch = await migratedDatabase(target.url!);
      const environment = { TEST_URL: scratch.url, TEST_REDIS: redis! };
      const [first, second] = [new ServerProcess(environment), new ServerProcess(environment)];
      await first.start();
      await second.start();
      const [a, b] = [new Phone(1, first), new Phone(2, second)];
      try {
        await a.find();
        await b.find();
        const roomId = await a.matched();
        await playThroughFall(a, b, roomId, async () => {
          await first.kill();
          a.node = second;
        });
      } finally {
        for (const phone of [a, b]) phone.close();
        await first.kill();
        await second.kill();
        await scratch.drop();
      }
    }, 90_000);
  }
});
