import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLog } from '@xuekao/rooms';
import { Hall, StubbornPlayer } from './server/hall.js';
import { http, until } from './server/player.js';
import type { Fall } from './server/scripted-fall.js';
import { ServerProcess } from './server/server-process.js';
import { playedStage, stageInstants } from './server/stage-twin.js';
import type { StageOutcome } from './server/stage-twin.js';
import { memberId } from './server/test-server.js';

/** Once each here; `npm run test:soak` plays each instant twenty times. */
const runs = Number(process.env.CRASH_RUNS ?? 1);
const questions = 3;
/** Player n knows the answers to the first n questions, so the ranking hangs on no clock. */
const levels = [0, 1, 2, 3];
const rightOption = 2;

const instants: Readonly<Record<string, Fall | 'in the lobby'>> = {
  'before the first question': 'in the lobby',
  'between the write of a seat and its receipt': { when: 'after', event: 'seat-taken', nth: 3 },
  'before a question is written': { when: 'before', event: 'question-opened', nth: 1 },
  'between the write of a question and its broadcast': { when: 'after', event: 'question-opened', nth: 2 },
  'before the first answer is written': { when: 'before', event: 'answered', nth: 1 },
  'between the write of an answer and its receipt': { when: 'after', event: 'answered', nth: 1 },
  'in the middle of the answers': { when: 'after', event: 'answered', nth: 6 },
  'at the lock': { when: 'after', event: 'answers-locked', nth: 2 },
  'before a reveal is written': { when: 'before', event: 'revealed', nth: 1 },
  'between the write of a reveal and its broadcast': { when: 'after', event: 'revealed', nth: 3 },
  'on the podium': { when: 'after', event: 'podium-shown', nth: 1 },
  'between the end and the keeping of the results': { when: 'after', event: 'ended', nth: 1 },
};

interface Outcome {
  readonly ranking: readonly object[];
  readonly answers: readonly object[];
}

/** Its server runs on SQLite whatever else is tried: a run of another database alone repeats nothing here. */
const here = (process.env.TEST_DATABASES ?? 'sqlite').includes('sqlite') ? describe : describe.skip;

here('a room whose owner is killed', () => {
  let folder: string;
  let server: ServerProcess;
  let twin: Outcome;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xuekao-twins-'));
    server = new ServerProcess({ TEST_FILE: join(folder, 'test.db') });
    await server.start();
    twin = await played(server, null);
  });
  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a twin that nobody interrupts, with a ranking of its own for everybody', () => {
    expect(twin.ranking).toMatchObject([3, 2, 1, 0].map((level, at) => ({ points: level * 1000, place: at + 1 })));
    expect(twin.answers).toHaveLength(levels.length * questions);
  });

  it.each(Object.keys(instants))(
    'ends as its twin did, killed %s',
    async (name) => {
      for (let run = 0; run < runs; run++) expect(await played(server, instants[name]!)).toEqual(twin);
    },
    180_000 + runs * 60_000,
  );

  describe('in a stage contest', () => {
    let stageTwin: StageOutcome;
    beforeAll(async () => {
      stageTwin = await playedStage(server, null);
    });

    it('has a twin that nobody interrupts, settled by 改判 and 加时', () => {
      expect(stageTwin.results).toMatchObject([
        { team: 2, score: 12_000, place: 1 },
        { team: 1, score: 12_000, place: 2 },
      ]);
      expect(stageTwin.ledger).toHaveLength(6);
    });

    it.each(Object.keys(stageInstants))(
      'ends as its twin did, killed %s',
      async (name) => {
        for (let run = 0; run < runs; run++) {
          expect(await playedStage(server, stageInstants[name]!)).toEqual(stageTwin);
        }
      },
      180_000 + runs * 60_000,
    );
  });
});

/** Plays the script to its end, through one fall of the server where one is planned, and tells what remains. */
async function played(server: ServerProcess, fall: Fall | 'in the lobby' | null): Promise<Outcome> {
  const hall = new Hall(server);
  await hall.prepare(questions);
  const everybody = levels.map((_, index) => new StubbornPlayer(hall, index + 1));
  let risen: Promise<void> = Promise.resolve();
  if (fall !== null && fall !== 'in the lobby') {
    await server.planFall(fall);
    risen = server.risen();
  }
  for (const player of everybody) await player.join();
  if (fall === 'in the lobby') await hall.crash();
  for (let question = 0; question < questions; question++) {
    await hall.act('open');
    const { openAt } = (await hall.view()).timing!;
    await until(() => Date.now() >= openAt, 'the opening');
    const answering = everybody.map(async (player, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 25));
      await player.answer(question, question < levels[index]! ? rightOption : 0);
    });
    await Promise.all(answering);
    for (const act of ['lock', 'reveal', 'scoreboard'] as const) await hall.act(act);
  }
  for (const act of ['podium', 'end'] as const) await hall.act(act);
  await risen;
  const outcome = await outcomeOf(hall, everybody);
  for (const player of everybody) player.close();
  hall.close();
  return outcome;
}

async function outcomeOf(hall: Hall, everybody: readonly StubbornPlayer[]): Promise<Outcome> {
  const path = `/live/rooms/${hall.roomId}/results`;
  const results = () => hall.patiently(() => http(hall.server.port, 'GET', path, 'host:1'));
  await until(async () => (await results()).status === 200, 'the results');
  const items = (await results()).body.items as Record<string, unknown>[];
  const ranking = items.map(({ memberId: id, points, correct, answered, place }) => ({
    player: everybody.findIndex((player) => memberId(player.number) === id),
    points,
    correct,
    answered,
    place,
  }));
  const rows = await hall.log();
  expect(verifyLog(hall.roomId, rows, rows.at(-1)!)).toMatchObject({ ok: true });
  const answers = rows.flatMap(({ payload }) => {
    const { events } = JSON.parse(payload) as { events: Record<string, unknown>[] };
    const answered = events.filter((event) => event.type === 'answered');
    return answered.map(({ seat, question, choice, correct }) => ({ seat, question, choice, correct }));
  });
  // What was acknowledged stands in the row that the receipt names.
  for (const player of everybody) {
    for (const receipt of player.receipts.values()) {
      expect(rows[receipt.seq - 1]!.payload).toContain(receipt.commandId);
    }
    expect(player.receipts.size).toBe(questions);
  }
  answers.sort((a, b) => Number(a.question) - Number(b.question) || Number(a.seat) - Number(b.seat));
  return { ranking, answers };
}
