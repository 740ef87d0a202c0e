import { verifyLog } from '@xuekao/rooms';
import type { Fall } from './scripted-fall.js';
import type { ServerProcess } from './server-process.js';
import { rightOption, StageHall } from './stage-hall.js';

const moved = { event: 'moved' } as const;

/** Where a stage contest loses its server. */
export const stageInstants: Readonly<Record<string, Fall>> = {
  'between the write of an answer and its receipt': { ...moved, when: 'after', nth: 2, holding: '"type":"answer"' },
  'between the write of an override and its receipt': { ...moved, when: 'after', nth: 1, holding: '"type":"override"' },
  'when the buttons are released': { ...moved, when: 'after', nth: 1, holding: '"phase":"buzzing"' },
  'between a press and its decision': { ...moved, when: 'after', nth: 1, holding: '"type":"buzz","press"' },
  'between a press and its decision in overtime': {
    ...moved,
    when: 'after',
    nth: 2,
    holding: '"type":"buzz","press"',
  },
  'between the end and the keeping of the results': { ...moved, when: 'after', nth: 1, holding: '"phase":"ended"' },
};

export interface StageOutcome {
  readonly results: readonly object[];
  readonly ledger: readonly object[];
  /** Acts of people as the log has them, without those of the clock. */
  readonly acts: readonly string[];
}

/** Plays the script to its end, through one fall of the server where one is planned, and tells what remains. */
export async function playedStage(server: ServerProcess, fall: Fall | null): Promise<StageOutcome> {
  const hall = new StageHall(server);
  await hall.prepare('classic');
  let risen: Promise<void> = Promise.resolve();
  if (fall) {
    await server.planFall(fall);
    risen = server.risen();
  }
  for (const team of [1, 2]) await hall.join(team);
  // 共答题: right and wrong; the judge finds that the wrong one was right.
  await hall.host({ type: 'go-round', round: 1, reason: '从这里开始' });
  await hall.next(2);
  await hall.answer(1, rightOption);
  await hall.answer(2, 0);
  await hall.judge({ type: 'override', line: 2, verdict: 'right', reason: '复核' });
  await hall.next();
  // 抢答题: ten points, taken away again, so that overtime must settle it.
  await hall.host({ type: 'go-round', round: 2, reason: '从这里开始' });
  await hall.next();
  await hall.buzz(1);
  await hall.verdict(1, 'right');
  await hall.next();
  await hall.host({ type: 'adjust', team: 1, points: -1000, discipline: true, reason: '提示' });
  await hall.host({ type: 'go-round', round: 4, reason: '从这里开始' });
  await hall.next();
  await hall.buzz(2);
  await hall.verdict(2, 'right');
  for (const type of ['reveal', 'standings', 'podium', 'end'] as const) await hall.host({ type });
  await risen;
  const outcome = { results: await hall.results(), ...(await writtenBy(hall)) };
  hall.close();
  return outcome;
}

interface Written {
  readonly type: string;
  readonly cause?: { readonly role: string; readonly act: { readonly type: string } };
  readonly lines?: readonly Readonly<Record<string, unknown>>[];
}

/** Every receipt stands once in the row it names; the rows are one whole chain. */
async function writtenBy(hall: StageHall): Promise<Pick<StageOutcome, 'ledger' | 'acts'>> {
  const rows = await hall.log();
  expect(verifyLog(hall.id, rows, rows.at(-1)!)).toMatchObject({ ok: true });
  for (const [commandId, { seq }] of hall.receipts) {
    const holding = rows.filter(({ payload }) => payload.includes(commandId));
    expect(holding.map((row) => row.seq)).toEqual([seq]);
  }
  const events = rows.flatMap(({ payload }) => (JSON.parse(payload) as { events: Written[] }).events);
  const acts = events.flatMap(({ cause }) =>
    cause && cause.role !== 'clock' ? [`${cause.role} ${cause.act.type}`] : [],
  );
  const ledger = events.flatMap(({ lines = [] }) => lines.map(({ at: _at, ...line }) => line));
  return { ledger, acts };
}
