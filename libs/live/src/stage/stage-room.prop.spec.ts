import fc from 'fast-check';
import type { StageView } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { defaultLimits, HostStopped, opaque, RoomHost, RoomSink, verifyLog } from '@xuekao/rooms';
import { FakeTime, MemoryRoomLog } from '@xuekao/rooms/testing';
import { plainRules } from '../core/grading.js';
import { shippedSheets, stageMachineOf } from '../core/stage/index.js';
import type { StageCommand } from '../core/stage/index.js';
import { aStageSetup, rightChoice, wrongChoice } from '../testing/stage-builders.js';

class Nowhere extends RoomSink {
  override frame(): void {}
  override personal(): void {}
  override progress(): void {}
}

const machine = opaque(stageMachineOf(plainRules));
const teams = 4;

/** A stage whose host dies whenever told; whoever asks gets the next one, as sockets do. */
class Stage {
  readonly log = new MemoryRoomLog();
  readonly time = new FakeTime();
  private host: RoomHost | null = null;

  constructor() {
    this.log.create('r', 'live.stage');
  }

  async current(): Promise<RoomHost> {
    if (this.host && !this.host.isStopped) return this.host;
    const { log, time } = this;
    const claimed = await log.claim('r', 'node');
    const limits = { ...defaultLimits, snapshotEveryRows: 3 };
    const needs = { log, sink: new Nowhere(), clock: time, timers: time, limits };
    const opening = RoomHost.open(claimed!, machine, { ...needs, over: () => undefined, stopped: () => undefined });
    const opened = opening.catch(stoppedAsNull);
    await time.advance(20);
    this.host = await opened;
    return this.host ?? this.current();
  }

  kill(): void {
    this.host = null;
    this.time.outage(30_000);
  }

  /** All at once; each is sent again until there is a receipt or a refusal. */
  async send(list: readonly (readonly [id: string, command: StageCommand])[]): Promise<void> {
    let waiting = list;
    while (waiting.length > 0) {
      const host = await this.current();
      const replies = waiting.map(([id, command]) => host.submit({ id, command }).catch(stoppedAsNull));
      await this.time.advance(20);
      const got = await Promise.all(replies);
      waiting = waiting.filter((_, index) => got[index] === null);
      for (const reply of got) if (isRefusal(reply)) throw new Error(`Refused with ${reply.code}`);
    }
  }

  async view(): Promise<StageView> {
    const host = await this.current();
    return (await host.view({ audience: 'host', seat: null })).view as StageView;
  }
}

function stoppedAsNull(error: unknown): null {
  if (error instanceof HostStopped) return null;
  throw error;
}

type Trouble = 'none' | 'crash' | 'lost-before' | 'lost-after';
interface Round {
  readonly right: readonly boolean[];
  readonly together: boolean;
  readonly trouble: Trouble;
}

/** Four questions to all teams at once, each answered as the script says. */
async function played(rounds: readonly Round[]): Promise<StageView> {
  const stage = new Stage();
  await stage.send([['prepare', { type: 'prepare', setup: aStageSetup(shippedSheets.duel!, teams) }]]);
  let acts = 0;
  const next = (): Promise<void> => {
    const official = { role: 'host', accountId: 'h', name: '主持', console: 'c', expect: null } as const;
    return stage.send([[`next${acts++}`, { type: 'official', ...official, act: { type: 'next' } }]]);
  };
  await next();
  for (const { right, together, trouble } of rounds) {
    await next();
    await next();
    if (trouble === 'crash') stage.kill();
    if (trouble === 'lost-before') stage.log.failNext = 'before';
    if (trouble === 'lost-after') stage.log.failNext = 'after';
    const item = (await stage.view()).scene.question!.item;
    const commands = right.flatMap((isRight, index): [string, StageCommand][] => {
      const memberId = `t${index + 1}m1`;
      const choice = isRight ? rightChoice : wrongChoice;
      return [
        [`answer${item}-${index}`, { type: 'team', memberId, act: { type: 'answer', item, choice } }],
        [`finish${item}-${index}`, { type: 'team', memberId, act: { type: 'finish', item } }],
      ];
    });
    if (together) await stage.send(commands);
    else for (const command of commands) await stage.send([command]);
    stage.log.failNext = null;
    await next();
  }
  const { rows } = stage.log.rooms.get('r')!;
  expect(verifyLog('r', rows, rows.at(-1)!).ok).toBe(true);
  return stage.view();
}

describe('a stage in a room', () => {
  it('ends alike whether answers come in one batch or one by one, through crashes and lost writes', async () => {
    const round = fc.record({
      right: fc.array(fc.boolean(), { minLength: teams, maxLength: teams }),
      together: fc.boolean(),
      trouble: fc.constantFrom<Trouble>('none', 'crash', 'lost-before', 'lost-after'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
        const view = await played(rounds);
        const calm = await played(rounds.map(({ right }) => ({ right, together: false, trouble: 'none' })));
        expect(view.scene.teams).toEqual(calm.scene.teams);
        expect(view.scene.reveal).toEqual(calm.scene.reveal);
        const expected = [1, 2, 3, 4].map(
          (team) => 10_000 + 1000 * rounds.filter(({ right }) => right[team - 1]).length,
        );
        expect(view.scene.teams.map(({ score }) => score)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
