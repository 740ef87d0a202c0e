import { migratedDatabase, testTargets } from '@xuekao/database/testing';
import { verifyLog } from '@xuekao/rooms';
import type { QuizCatchUp } from '@xuekao/contracts';
import { Hall, StubbornPlayer } from './server/hall.js';
import { TestClient, until } from './server/player.js';
import { ServerProcess } from './server/server-process.js';

/** Several nodes need a server database and Redis; the runner names what it did not find. */
const redis = process.env.TEST_REDIS_URL;
const targets = redis ? testTargets().filter((target) => target.url) : [];
const players = 12;

describe('rooms on several nodes', () => {
  it('is tried on every server database of this run', () => {
    expect(targets.every((target) => target.url)).toBe(true);
  });

  for (const target of targets) {
    it(`go on at another node when their owner is killed, on ${target.name}`, async () => {
      const scratch = await migratedDatabase(target.url!);
      const environment = { TEST_URL: scratch.url, TEST_REDIS: redis! };
      const [first, second] = [new ServerProcess(environment), new ServerProcess(environment)];
      await first.start();
      await second.start();
      const hall = new Hall(first);
      try {
        await hall.prepare();
        // The host's first look makes the first node the owner; all players are on the second.
        await hall.view();
        const everybody = Array.from({ length: players }, (_, index) => new StubbornPlayer(hall, index + 1, second));
        await Promise.all(everybody.map((player) => player.join()));
        const witness = await TestClient.connect(second.port, { token: 'member:99' });
        const { seq } = await witness.join(hall.code);
        await hall.act('open');
        await witness.seen('question-opened');
        const { openAt } = (await hall.view()).timing!;
        await until(() => Date.now() >= openAt, 'the opening');
        await Promise.all(everybody.slice(0, 6).map((player) => player.answer(0, 2)));

        // The owner is another node: it tells the few frames that were missed.
        const missed = await witness.got<QuizCatchUp>('room:resume', {
          roomId: hall.roomId,
          role: 'player',
          lastSeq: seq,
        });
        expect(missed).toMatchObject({ kind: 'frames', untold: { me: { choice: null }, answered: 6 } });

        await first.kill();
        const killedAt = Date.now();
        hall.server = second;
        await Promise.all(everybody.slice(6).map((player) => player.answer(0, 2)));
        expect(Date.now() - killedAt).toBeLessThan(5_000);
        await witness.seen('clock-shifted');
        // The new owner's first frame points past what the witness saw, which is how a client learns to ask.
        const shifted = witness.frames.find((frame) => frame.events.some((event) => event.type === 'clock-shifted'))!;
        expect(shifted.after).toBeGreaterThan(seq);
        const resume = { roomId: hall.roomId, role: 'player', lastSeq: seq };
        expect(await witness.got<QuizCatchUp>('room:resume', resume)).toMatchObject({
          kind: 'view',
          view: { answered: players },
        });

        for (const type of ['reveal', 'scoreboard', 'podium', 'end'] as const) await hall.act(type);
        await witness.seen('ended');
        expect((await hall.view()).board!.seats[0]).toMatchObject({ points: 1000 });
        const rows = await hall.log();
        expect(verifyLog(hall.roomId, rows, rows.at(-1)!).ok).toBe(true);
        const events = rows.flatMap((row) => (JSON.parse(row.payload) as { events: { type: string }[] }).events);
        expect(events.filter((event) => event.type === 'answered')).toHaveLength(players);
        witness.close();
        for (const player of everybody) player.close();
      } finally {
        hall.close();
        await first.kill();
        await second.kill();
        await scratch.drop();
      }
    }, 90_000);

    it(`hand a room over in the middle of a question when their node is restarted, on ${target.name}`, async () => {
      const scratch = await migratedDatabase(target.url!);
      const environment = { TEST_URL: scratch.url, TEST_REDIS: redis! };
      const [first, second] = [new ServerProcess(environment), new ServerProcess(environment)];
      await Promise.all([first.start(), second.start()]);
      const hall = new Hall(first);
      try {
        await hall.prepare();
        await hall.view();
        // Half of the phones hang on the node that ends, the others on the one that stays.
        const nodes = [first, second];
        const everybody = Array.from({ length: players }, (_, n) => new StubbornPlayer(hall, n + 1, nodes[n % 2]!));
        await Promise.all(everybody.map((player) => player.join()));
        await hall.act('open');
        const { openAt } = (await hall.view()).timing!;
        await until(() => Date.now() >= openAt, 'the opening');
        hall.server = second;
        const answering = everybody.map((player) => player.answer(0, 2));
        const ending = first.stop();
        // What a balancer does once a node has ended.
        for (const player of everybody) player.node = second;
        await Promise.all([ending, ...answering]);

        for (const type of ['lock', 'reveal', 'scoreboard', 'podium', 'end'] as const) await hall.act(type);
        const rows = await hall.log();
        expect(verifyLog(hall.roomId, rows, rows.at(-1)!).ok).toBe(true);
        expect(new Set(rows.map((row) => row.epoch)).size).toBe(3);
        const events = rows.flatMap((row) => (JSON.parse(row.payload) as { events: { type: string }[] }).events);
        expect(events.filter((event) => event.type === 'answered')).toHaveLength(players);
        expect(everybody.every((player) => player.receipts.has(0))).toBe(true);
        for (const player of everybody) player.close();
      } finally {
        hall.close();
        await first.kill();
        await second.kill();
        await scratch.drop();
      }
    }, 90_000);
  }
});
