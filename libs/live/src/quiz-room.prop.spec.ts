import fc from 'fast-check';
import { isRefusal } from '@xuekao/kernel';
import { defaultLimits, HostStopped, opaque, RoomHost, RoomSink, verifyLog } from '@xuekao/rooms';
import { FakeTime, MemoryRoomLog } from '@xuekao/rooms/testing';
import type { QuizView } from '@xuekao/contracts';
import type { QuizCommand } from './core/quiz-events.js';
import { plainRules } from './core/grading.js';
import { quizMachineOf } from './core/quiz-machine.js';
import { aPlayer, aQuestion, aSetup } from './testing/quiz-builders.js';

class Nowhere extends RoomSink {
  override frame(): void {}
  override personal(): void {}
  override progress(): void {}
}

const machine = opaque(quizMachineOf(plainRules));
const players = 8;

/** A room whose host dies whenever told; whoever asks gets the next one, as sockets do. */
class Hall {
  readonly log = new MemoryRoomLog();
  readonly time = new FakeTime();
  private host: RoomHost | null = null;

  constructor() {
    this.log.create('r', 'live.quiz');
  }

  async current(): Promise<RoomHost> {
    if (this.host && !this.host.isStopped) return this.host;
    const { log, time } = this;
    const claimed = await log.claim('r', 'node');
    const needs = {
      log,
      sink: new Nowhere(),
      clock: time,
      timers: time,
      limits: { ...defaultLimits, snapshotEveryRows: 3 },
    };
    const opening = RoomHost.open(claimed!, machine, { ...needs, over: () => undefined, stopped: () => undefined });
    const opened = opening.catch((error: unknown) => {
      if (error instanceof HostStopped) return null;
      throw error;
    });
    await time.advance(20);
    this.host = await opened;
    return this.host ?? this.current();
  }

  kill(outageMs: number): void {
    this.host = null;
    this.time.outage(outageMs);
  }

  /** Sends until there is a receipt or a refusal, like a phone. */
  async send(id: string, command: QuizCommand): Promise<boolean> {
    for (;;) {
      const host = await this.current();
      const reply = host.submit({ id, command }).catch((error: unknown) => {
        if (error instanceof HostStopped) return null;
        throw error;
      });
      await this.time.advance(20);
      const got = await reply;
      if (got !== null) return !isRefusal(got);
    }
  }

  act(type: 'open' | 'lock' | 'reveal', id: string): Promise<boolean> {
    return this.send(id, { type: 'host', console: 'c', name: '主持人', act: { type } });
  }
}

interface Send {
  readonly player: number;
  readonly trouble: 'none' | 'crash' | 'lost-before' | 'lost-after';
}

describe('a quiz in a room', () => {
  it('keeps every acknowledged answer once through duplicates, reordering, crashes and lost writes', async () => {
    const sends = fc.array(
      fc.record<Send>({
        player: fc.integer({ min: 1, max: players }),
        trouble: fc.constantFrom('none', 'none', 'none', 'crash', 'lost-before', 'lost-after'),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(sends, async (list) => {
        const hall = new Hall();
        const setup = aSetup([aQuestion()], { limitMs: 60_000, lockWhenAllAnswered: false });
        await hall.send('prepare', { type: 'prepare', setup });
        for (let n = 1; n <= players; n++) await hall.send(`join${n}`, { type: 'join', player: aPlayer(n) });
        await hall.act('open', 'open');
        await hall.time.advance(4_000);
        const acknowledged = new Set<number>();
        for (const { player, trouble } of list) {
          if (trouble === 'crash') hall.kill(30_000);
          if (trouble === 'lost-before') hall.log.failNext = 'before';
          if (trouble === 'lost-after') hall.log.failNext = 'after';
          const choice = { options: [2] };
          const memberId = `m${player}`;
          if (await hall.send(`answer${player}`, { type: 'answer', memberId, question: 0, choice }))
            acknowledged.add(player);
        }
        hall.log.failNext = null;
        await hall.act('reveal', 'reveal');
        const host = await hall.current();
        const view = (await host.view({ audience: 'host', seat: null })).view as QuizView;
        expect(view.reveal?.histogram).toEqual({
          counts: [0, 0, acknowledged.size, 0],
          answered: acknowledged.size,
          correct: acknowledged.size,
        });
        expect(acknowledged).toEqual(new Set(list.map(({ player }) => player)));
        const { rows } = hall.log.rooms.get('r')!;
        expect(verifyLog('r', rows, rows.at(-1)!).ok).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
