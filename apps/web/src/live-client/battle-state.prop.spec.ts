import type { GameNews, GameView } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { battleMachine, type GameQuestion, survivalMachine } from '@xuekao/live/core';
import fc from 'fast-check';
import {
  afterGameAnswer,
  afterGameFrame,
  afterGameView,
  afterHeldFrames,
  type GameFrame,
  type GameState,
} from './battle-state.js';

const question = (index: number): GameQuestion => ({
  questionId: `q${index}`,
  versionId: `v${index}`,
  type: index === 1 ? 'true-false' : index === 2 ? 'multiple' : 'single',
  stem: `第 ${index} 题`,
  options: index === 1 ? ['对', '错'] : ['甲', '乙', '丙', '丁'],
  key: index === 2 ? [0, 1] : [1],
  explanation: index === 0 ? null : '见手册',
});
const questions = [0, 1, 2, 3].map(question);
const seat = (number: number, memberId: string | null, ghost: readonly object[] | null) => {
  const name = memberId && `党员${number}`;
  return { seat: number, memberId, name, unitName: memberId && '第一支部', ghost };
};
const ghost = [
  { question: 0, elapsedMs: 2_000, correct: true },
  { question: 2, elapsedMs: 14_000, correct: false },
];

/** A room machine whose commands and events this test hands through without looking into them. */
interface Machine {
  initial(roomId: string): unknown;
  decide(state: unknown, command: object, now: number): readonly unknown[] | { readonly code: string };
  evolve(state: unknown, event: unknown): unknown;
  nextDeadline(state: unknown): { readonly at: number; readonly command: object } | null;
  viewFor(state: unknown, viewer: { readonly seat: string | null }): GameView;
  visible(event: unknown): 'full' | 'skip';
}

/** A game on the server, and every frame that it sent. */
class Server {
  private state: unknown;
  private last = 0;
  seq = 0;
  now = 1_000_000;
  readonly frames: GameFrame[] = [];
  /** What the own phone was acknowledged, by the number of the row. */
  readonly acks = new Map<number, { readonly question: number; readonly options: readonly number[] }>();
  /** The view after each row of the log, by its number. */
  readonly views: GameView[];

  constructor(
    private readonly machine: Machine,
    setup: object,
  ) {
    this.state = machine.initial('room');
    this.views = [this.view()];
    this.do({ type: 'prepare', setup });
  }

  view(): GameView {
    return this.machine.viewFor(this.state, { seat: 'm1' });
  }

  do(command: object): boolean {
    const events = this.machine.decide(this.state, command, this.now);
    if (isRefusal(events) || !Array.isArray(events) || events.length === 0) return false;
    for (const event of events) this.state = this.machine.evolve(this.state, event);
    this.seq += 1;
    this.views.push(this.view());
    if ('memberId' in command && command.memberId === 'm1' && 'choice' in command && 'question' in command) {
      const { options } = command.choice as { options: readonly number[] };
      this.acks.set(this.seq, { question: command.question as number, options });
    }
    const seen = events.filter((event) => this.machine.visible(event) === 'full') as GameNews[];
    if (seen.length === 0) return true;
    this.frames.push({ roomId: 'room', seq: this.seq, after: this.last, at: this.now, events: seen });
    this.last = this.seq;
    return true;
  }

  wait(ms: number): void {
    const until = this.now + ms;
    for (let due = this.machine.nextDeadline(this.state); due && due.at <= until;) {
      this.now = Math.max(this.now, due.at);
      this.do(due.command);
      due = this.machine.nextDeadline(this.state);
    }
    this.now = until;
  }
}

const aServer = (game: 'battle' | 'survival'): Server =>
  game === 'battle'
    ? new Server(battleMachine as unknown as Machine, {
        mode: 'four',
        questions,
        seats: [seat(1, 'm1', null), seat(2, 'm2', null), seat(3, null, ghost)],
      })
    : new Server(survivalMachine as unknown as Machine, { memberId: 'm1', questions });

type Step = (server: Server) => void;
const member = fc.constantFrom('m1', 'm1', 'm2');
const chosen = fc.constantFrom([1], [1], [0], [0, 1], [1, 0]);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(member, chosen).map(([memberId, options]): Step => (server) => {
      server.do({ type: 'answer', memberId, question: server.view().question?.index ?? 0, choice: { options } });
    }),
  },
  {
    weight: 6,
    arbitrary: fc.integer({ min: 200, max: 6_000 }).map(
      (ms): Step =>
        (server) =>
          server.wait(ms),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(member, fc.constantFrom('revive', 'revive', 'leave')).map(([memberId, act]): Step => {
      return (server) => void server.do({ type: 'act', memberId, act });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 60_000 }).map((ms): Step => (server) => {
      const from = server.now;
      server.now += ms;
      server.do({ type: 'outage', from, to: server.now });
    }),
  },
);
const game = fc.constantFrom('battle' as const, 'survival' as const);
const script = fc.array(step, { minLength: 5, maxLength: 50 });
const played = (kind: 'battle' | 'survival', steps: readonly Step[]): Server => {
  const server = aServer(kind);
  for (const act of steps) act(server);
  return server;
};
const opened = (server: Server): GameState => ({ seq: 1, view: server.views[1]! });

/** Without the own choice, which comes with the acknowledgement and not with a frame. */
const shared = (view: GameView): object => ({ ...view, me: view.me && { ...view.me, choice: null } });

describe('a phone in a game', () => {
  it('shows after each frame what a reload would show, and nothing else for a frame that comes twice', () => {
    fc.assert(
      fc.property(game, script, (kind, steps) => {
        const server = played(kind, steps);
        let state = opened(server);
        for (const frame of server.frames) {
          const next = afterGameFrame(state, frame) as GameState;
          expect(afterGameFrame(next, frame)).toBe('old');
          const ack = server.acks.get(frame.seq);
          state = ack ? afterGameAnswer(next, ack.question, ack.options) : next;
          expect(state).toEqual({ seq: frame.seq, view: server.views[frame.seq] });
        }
        expect(state.view).toEqual(server.view());
      }),
      { numRuns: 300 },
    );
  });

  it('ends with the server’s view, in whatever order, how often and with which losses frames and views come', () => {
    fc.assert(
      fc.property(game, script, fc.array(fc.nat(1_000_000), { maxLength: 80 }), (kind, steps, fates) => {
        const server = played(kind, steps);
        let state: GameState | null = null;
        for (const fate of fates) {
          const isView = fate % 5 === 0;
          const seq = 1 + (fate % server.seq);
          const frame = server.frames[fate % Math.max(1, server.frames.length)];
          const next: GameState | 'old' | 'gap' = isView || !state || !frame ? 'gap' : afterGameFrame(state, frame);
          // A gap asks for the view, which may be any that the server has had since the phone’s own.
          if (next === 'gap') state = afterGameView(state, seq, server.views[seq]!);
          else if (next !== 'old') state = next;
          expect(shared(state!.view)).toEqual(shared(server.views[state!.seq]!));
        }
        expect(afterGameView(state, server.seq, server.view()).view).toEqual(server.view());
      }),
      { numRuns: 300 },
    );
  });

  it('makes one state of a view and of the frames that came while it was awaited', () => {
    fc.assert(
      fc.property(game, script, fc.nat(1_000_000), fc.infiniteStream(fc.nat(1_000)), (kind, steps, at, dice) => {
        const server = played(kind, steps);
        const seq = 1 + (at % server.seq);
        const held = server.frames
          .flatMap((frame) => [frame, frame])
          .map((frame) => ({ frame, die: dice.next().value as number }))
          .toSorted((a, b) => a.die - b.die)
          .map(({ frame }) => frame);
        const { state, isWhole } = afterHeldFrames({ seq, view: server.views[seq]! }, held);
        expect(isWhole).toBe(true);
        expect(shared(state.view)).toEqual(shared(server.view()));
        const missing = server.frames.findIndex((frame) => frame.seq > seq);
        if (missing === -1 || missing === server.frames.length - 1) return;
        const rest = server.frames.filter((_, index) => index !== missing);
        expect(afterHeldFrames({ seq, view: server.views[seq]! }, rest).isWhole).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('shows its own acknowledged answer as the server’s view does', () => {
    const server = aServer('battle');
    server.wait(4_500);
    const before: GameState = { seq: server.seq, view: server.view() };
    expect(server.do({ type: 'answer', memberId: 'm1', question: 0, choice: { options: [1] } })).toBe(true);
    const frame = server.frames.at(-1)!;
    const after = afterGameAnswer(afterGameFrame(before, frame) as GameState, 0, [1]);
    expect(after.view).toEqual(server.view());
    expect(afterGameAnswer(after, 3, [0])).toBe(after);
    server.do({ type: 'answer', memberId: 'm2', question: 0, choice: { options: [1] } });
    server.wait(3_000);
    const late = afterGameAnswer({ seq: server.seq, view: shared(server.view()) as GameView }, 0, [1]);
    expect(late.view).toEqual(server.view());
  });
});
