import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, seededRng } from '@xuekao/kernel';
import { verifyLog } from '@xuekao/rooms';
import { Hall, StubbornPlayer } from './server/hall.js';
import { http, TestClient, until } from './server/player.js';
import { ServerProcess } from './server/server-process.js';
import { memberId } from './server/test-server.js';

const players = 40;
const rightOption = 2;

/** Its server runs on SQLite whatever else is tried: a run of another database alone repeats nothing here. */
const here = (process.env.TEST_DATABASES ?? 'sqlite').includes('sqlite') ? describe : describe.skip;

here('a room whose server is killed with SIGKILL', () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xuekao-crash-'));
    server = new ServerProcess({ TEST_FILE: join(folder, 'test.db') });
  });
  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses and doubles no acknowledged answer of many players at any of eight instants', async () => {
    await server.start();
    const hall = new Hall(server);
    await hall.prepare();
    const everybody = Array.from({ length: players }, (_, index) => new StubbornPlayer(hall, index + 1));
    const rng = seededRng('crash');
    const chosen = everybody.map(() => [rng.int(4)]);

    await hall.crash();
    const joining = Promise.all(everybody.map((player) => player.join()));
    await new Promise((resolve) => setTimeout(resolve, 60));
    await hall.crash();
    await joining;
    const question = 0;
    await hall.act('open');
    const before = (await hall.view()).timing!;
    const killedAt = Date.now();
    await hall.crash();
    // The clock stood still while nobody ran the room, to within one sign of life.
    const after = (await hall.view()).timing!;
    const outageMs = Date.now() - killedAt;
    expect(after.closeAt - before.closeAt).toBeGreaterThan(0);
    expect(after.closeAt - before.closeAt).toBeLessThan(outageMs + 1_500);
    await until(() => Date.now() >= after.openAt, 'the opening');
    const acknowledged = (): number => everybody.filter((player) => player.receipts.has(question)).length;
    const answering = Promise.all(
      everybody.map(async (player, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 15));
        await player.answer(question, chosen[index]![question]!);
      }),
    );
    await until(() => acknowledged() >= 1, 'the first receipt');
    await hall.crash();
    await until(() => acknowledged() >= players / 2, 'half of the receipts', 30_000);
    await hall.crash();
    await answering;
    // Every intention once more, on the other side of a crash: the receipts stay the same.
    await Promise.all(
      everybody.slice(0, 10).map((player, index) => resend(player, hall, question, chosen[index]![question]!)),
    );
    await hall.act('reveal');
    await hall.crash();
    const { reveal } = await hall.view();
    const counts = [0, 1, 2, 3].map((option) => chosen.filter((choices) => choices[question] === option).length);
    expect(reveal!.histogram).toEqual({ counts, answered: players, correct: counts[rightOption] });
    await hall.act('scoreboard');
    await hall.act('podium');
    await hall.crash();
    await hall.act('end');
    await hall.crash();
    const path = `/live/rooms/${hall.roomId}/results`;
    await until(async () => (await http(server.port, 'GET', path, 'host:1')).status === 200, 'the results');
    const { items } = (await http(server.port, 'GET', path, 'host:1')).body as {
      items: { memberId: string; points: number }[];
    };
    const expected = chosen.map((choices, index) => ({
      memberId: memberId(index + 1),
      points: choices.filter((option) => option === rightOption).length * 1000,
    }));
    const byMember = (a: { memberId: string }, b: { memberId: string }): number => (a.memberId < b.memberId ? -1 : 1);
    expect(items.map((item) => ({ memberId: item.memberId, points: item.points })).toSorted(byMember)).toEqual(
      expected,
    );

    const rows = await hall.log();
    expect(verifyLog(hall.roomId, rows, rows.at(-1)!)).toMatchObject({ ok: true, rows: rows.length });
    const events = rows.flatMap((row) => (JSON.parse(row.payload) as { events: { type: string }[] }).events);
    expect(events.filter((event) => event.type === 'answered')).toHaveLength(players);
    expect(events.filter((event) => event.type === 'seat-taken')).toHaveLength(players);
    expect(hall.kills).toBe(8);
    for (const player of everybody) player.close();
    hall.close();
  }, 180_000);
});

/** A second device of the same person, with an answer of its own: the first stands. */
async function resend(player: StubbornPlayer, hall: Hall, question: number, option: number): Promise<void> {
  const tablet = await TestClient.connect(hall.server.port, { token: `member:${player.number}` });
  const other = { commandId: newId(), roomId: hall.roomId, question, choice: { options: [(option + 1) % 4] } };
  expect(await tablet.refused('room:answer', other)).toMatchObject({ code: 'live.answer.already' });
  await player.answer(question, option).catch(() => undefined);
  tablet.close();
}
