import type {
  QuizAudience,
  QuizChoice,
  QuizFrame,
  QuizHostAct,
  QuizNews,
  QuizPersonalNews,
  QuizView,
} from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import {
  decideQuiz,
  defaultQuizOptions,
  emptyQuiz,
  evolveQuiz,
  isVisible,
  personalNews,
  plainRules,
  type QuizCommand,
  quizUntold,
  quizViewFor,
} from '@xuekao/live/core';
import fc from 'fast-check';
import { afterAnswer, afterCatchUp, afterFrame, afterPersonal, type RoomState, stateOfView } from './room-state.js';

const question = (versionId: string, type: 'single' | 'true-false') => ({
  versionId,
  type,
  stem: versionId,
  options: type === 'single' ? ['甲', '乙', '丙', '丁'] : ['对', '错'],
  key: { options: [1] },
  explanation: null,
});
const ordering = {
  ...question('q2', 'single'),
  type: 'ordering',
  options: ['先', '中', '后'],
  key: { order: [1, 0, 2] },
} as const;
const setup = {
  title: '知识竞赛',
  rehearsal: false,
  options: { ...defaultQuizOptions, changeable: true },
  questions: [question('q1', 'single'), ordering, question('q3', 'true-false'), question('q4', 'single')],
};

/** A room, and one client of each audience that is told only what its sockets would be told. */
class Hall {
  private state = emptyQuiz('room');
  private seq = 0;
  private readonly last: Record<QuizAudience, number> = { player: 0, host: 0, screen: 0 };
  readonly clients = new Map<QuizAudience, RoomState>();
  /** As the owner keeps them, only fewer, so that some who return get a view. */
  private readonly kept: Record<QuizAudience, QuizFrame[]> = { player: [], host: [], screen: [] };
  now = 1_000_000;

  constructor() {
    this.do({ type: 'prepare', setup });
    for (const number of [1, 2, 3]) {
      const unit = { unitId: 'u1', unitName: '第一支部', unitRoll: 9 };
      this.do({ type: 'join', player: { memberId: `m${number}`, name: `党员${number}`, ...unit } });
    }
    for (const audience of ['player', 'host', 'screen'] as const) {
      this.clients.set(audience, stateOfView(this.seq, this.view(audience), null));
      this.last[audience] = this.seq;
    }
  }

  view(audience: QuizAudience): QuizView {
    return quizViewFor(this.state, audience, audience === 'player' ? 'm1' : null);
  }

  do(command: QuizCommand): void {
    const events = decideQuiz(this.state, command, this.now, plainRules);
    if (isRefusal(events) || events.length === 0) return;
    for (const event of events) this.state = evolveQuiz(this.state, event);
    this.seq += 1;
    for (const [audience, client] of this.clients) {
      const seen = events.filter((event) => isVisible(event, audience)) as QuizNews[];
      let next = client;
      if (seen.length > 0) {
        const frame: QuizFrame = {
          roomId: 'room',
          seq: this.seq,
          after: this.last[audience],
          at: this.now,
          events: seen,
        };
        this.last[audience] = this.seq;
        this.kept[audience] = [...this.kept[audience], frame].slice(-4);
        next = afterFrame(client, frame) as RoomState;
        expect(afterFrame(next, frame)).toBe('old');
      }
      if (audience === 'player') next = this.told(next, command, events);
      this.clients.set(audience, next);
    }
  }

  /** What a client that left in this state shows when it is back. */
  back(audience: QuizAudience, left: RoomState): RoomState {
    const seat = audience === 'player' ? 'm1' : null;
    const frames = this.kept[audience].filter(({ seq }) => seq > left.seq);
    if (this.last[audience] > left.seq && !(frames[0] && frames[0].after <= left.seq)) {
      return stateOfView(this.seq, this.view(audience), left);
    }
    const untold = quizUntold(this.state, audience, seat);
    const kind = frames.length > 0 ? 'frames' : 'current';
    return afterCatchUp(left, { kind, seq: this.seq, frames, untold }) as RoomState;
  }

  private told(
    client: RoomState,
    command: QuizCommand,
    events: readonly Parameters<typeof personalNews>[1][],
  ): RoomState {
    let next = client;
    for (const event of events) {
      for (const [seat, news] of personalNews(this.state, event))
        if (seat === 'm1') next = afterPersonal(next, news) as RoomState;
    }
    const isMine = command.type === 'answer' && command.memberId === 'm1';
    return isMine ? afterAnswer(next, command.question, command.choice) : next;
  }

  host(act: QuizHostAct): void {
    this.do({ type: 'host', console: 'c1', name: '主持人', act });
  }

  answer(memberId: string, choice: QuizChoice): void {
    this.do({ type: 'answer', memberId, question: this.state.index, choice });
  }
}

type Step = (hall: Hall) => void;
const steps = ['next', 'next', 'next', 'lock', 'reveal', 'scoreboard', 'podium', 'end', 'pause', 'resume'] as const;
const switches = ['auto-advance-on', 'auto-advance-off', 'lock-joining', 'unlock-joining', 'take-baton'] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...steps, ...switches).map(
      (type): Step =>
        (hall) =>
          hall.host({ type }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom('m1', 'm2', 'm3'), fc.integer({ min: 0, max: 1 }), fc.boolean()).map(
      ([memberId, option, isOrder]): Step =>
        (hall) =>
          hall.answer(memberId, isOrder ? { order: [option, 1 - option, 2] } : { options: [option] }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 9000 }).map(
      (ms): Step =>
        (hall) =>
          void (hall.now += ms),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('kick' as const, 'unkick' as const), fc.integer({ min: 1, max: 3 })).map(
      ([type, seat]): Step =>
        (hall) =>
          hall.host({ type, seat }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(100, 150, 200)).map(
      ([seat, percent]): Step =>
        (hall) =>
          hall.host({ type: 'time-factor', seat, percent }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 60_000 }).map((ms): Step => (hall) => {
      const from = hall.now;
      hall.now += ms;
      hall.do({ type: 'outage', from, to: hall.now });
    }),
  },
);

/** Counters come by ticks, not by frames. */
function comparable(view: QuizView): object {
  const host = view.host && { ...view.host, extended: 0, nextAt: null };
  return {
    ...view,
    seats: 0,
    answered: 0,
    units: null,
    newest: null,
    joiningLocked: view.host && view.joiningLocked,
    host,
  };
}

describe('a client that hears the frames of its audience', () => {
  it('shows after each of them what a reload would show', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const hall = new Hall();
        for (const act of steps) {
          act(hall);
          for (const [audience, client] of hall.clients) {
            expect(comparable(client.view)).toEqual(comparable(hall.view(audience)));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows the same after any absence, by frames or by a view', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const hall = new Hall();
        const left: [QuizAudience, RoomState][] = [];
        for (const act of steps) {
          left.push(...hall.clients);
          act(hall);
        }
        for (const [audience, state] of left) {
          const back = hall.back(audience, state);
          expect(back.view).toEqual(hall.view(audience));
          expect(comparable(hall.clients.get(audience)!.view)).toEqual(comparable(back.view));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('passes over what it has, and asks for a view at news of a newer server among what it missed', () => {
    const client = new Hall().clients.get('player')!;
    const { seq } = client;
    const frame = (at: number, type: string): QuizFrame =>
      ({
        roomId: 'room',
        seq: at,
        after: at - 1,
        at: 0,
        events: [{ type, at: 1, timing: null }],
      }) as unknown as QuizFrame;
    const back = { kind: 'frames', seq: seq + 1, frames: [frame(seq, 'paused'), frame(seq + 1, 'paused')] } as const;
    expect(afterCatchUp(client, back)).toMatchObject({ seq: seq + 1, view: { paused: true } });
    expect(afterCatchUp({ ...client, seq: seq + 9 }, back)).toEqual({ ...client, seq: seq + 9 });
    expect(afterCatchUp(client, { ...back, frames: [frame(seq + 1, 'confetti-thrown')] })).toBe('unknown');
  });

  it('knows when it missed a frame', () => {
    const client = new Hall().clients.get('screen')!;
    const frame: QuizFrame = { roomId: 'room', seq: client.seq + 5, after: client.seq + 2, at: 0, events: [] };
    expect(afterFrame(client, frame)).toBe('gap');
  });

  it('asks for a view at news of a newer server, told to all or to him alone', () => {
    const client = new Hall().clients.get('player')!;
    const news = { type: 'confetti-thrown', at: 1 } as unknown as QuizNews;
    const frame: QuizFrame = { roomId: 'room', seq: client.seq + 1, after: client.seq, at: 0, events: [news] };
    expect(afterFrame(client, frame)).toBe('unknown');
    expect(afterPersonal(client, { type: 'medal' } as unknown as QuizPersonalNews)).toBe('unknown');
  });

  it('remembers when the room was paused, for the clock that stands still', () => {
    const client = new Hall().clients.get('screen')!;
    const frame = (seq: number, events: QuizNews[]): QuizFrame => ({
      roomId: 'room',
      seq,
      after: seq - 1,
      at: 0,
      events,
    });
    const paused = afterFrame(client, frame(client.seq + 1, [{ type: 'paused', at: 42 }])) as RoomState;
    expect(paused.pausedAt).toBe(42);
    const events: QuizNews[] = [{ type: 'resumed', at: 50, timing: null }];
    expect((afterFrame(paused, frame(paused.seq + 1, events)) as RoomState).pausedAt).toBeNull();
  });
});
