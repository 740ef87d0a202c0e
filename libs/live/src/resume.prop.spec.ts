import fc from 'fast-check';
import type { QuizHostAct, QuizView, StageHostAct, StageNews, StageUntold, StageView } from '@xuekao/contracts';
import { opaque } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import { bytesOf } from './core/fitted-view.js';
import { plainRules } from './core/grading.js';
import type { QuizCommand } from './core/quiz-events.js';
import { quizMachineOf } from './core/quiz-machine.js';
import { shippedSheets, stageMachineOf, stageViewFor } from './core/stage/index.js';
import type { StageCommand, StageState } from './core/stage/index.js';
import { HostedRoom } from './testing/hosted-room.js';
import type { CaughtUp } from './testing/hosted-room.js';
import { aPlayer, aQuestion, aSetup } from './testing/quiz-builders.js';
import { aStageSetup, rightChoice, wrongChoice } from './testing/stage-builders.js';

const sizeOf = (value: unknown): number => bytesOf(JSON.stringify(value ?? null));

/** What any viewer saw at earlier moments, for one who comes back. */
class Memory<View> {
  private readonly moments = new Map<string, { readonly seq: number; readonly view: View }[]>();

  constructor(
    private readonly room: HostedRoom,
    private readonly viewers: readonly RoomViewer[],
  ) {}

  /** Who left at one of the last moments, or long ago, comes back now. */
  async eachReturn(check: (viewer: RoomViewer, before: View, caught: CaughtUp, now: View) => void): Promise<void> {
    for (const viewer of this.viewers) {
      const now = await this.room.view(viewer);
      const left = this.of(viewer);
      for (const { seq, view } of [left.at(-1), left.at(-2), left.at(-5), left.at(-12)].filter(
        (one) => one !== undefined,
      )) {
        check(viewer, view, await this.room.catchUp(viewer, seq), now.view as View);
      }
      left.push({ seq: now.seq, view: now.view as View });
    }
  }

  private of({ audience, seat }: RoomViewer) {
    const key = `${audience} ${seat}`;
    const list = this.moments.get(key) ?? [];
    this.moments.set(key, list);
    return list;
  }
}

const counted = new Map<string, number>();
const count = (what: string): void => void counted.set(what, (counted.get(what) ?? 0) + 1);

describe('a returning viewer of a quiz', () => {
  const questions = [0, 1, 2].map((index) =>
    aQuestion({
      type: 'blank',
      stem: `STEM${index}!`,
      explanation: `WHY${index}!`,
      options: [],
      key: { blanks: [[`KEY${index}!`]] },
    }),
  );
  const viewers: RoomViewer[] = [
    { audience: 'host', seat: null },
    { audience: 'screen', seat: null },
    ...[1, 2].map((n) => ({ audience: 'player', seat: `m${n}` })),
  ];
  type Step = { readonly act: QuizHostAct['type'] | 'answer' | 'wait' | 'take-over'; readonly who: number };
  const acts = ['next', 'next', 'next', 'answer', 'answer', 'wait', 'pause', 'resume', 'kick', 'time-factor'] as const;
  const step: fc.Arbitrary<Step> = fc.record({
    act: fc.constantFrom(...acts, 'take-over'),
    who: fc.integer({ min: 1, max: 3 }),
  });

  async function take(room: HostedRoom, { act, who }: Step, index: number): Promise<void> {
    if (act === 'wait') return room.time.advance(4_000);
    if (act === 'take-over') return void (await room.open());
    const host = { type: 'host', console: 'c', name: '主持人' } as const;
    const choice = { blanks: [who === 3 ? `KEY${index}!` : `GUESS${who}!`] };
    const command: QuizCommand =
      act === 'answer'
        ? { type: 'answer', memberId: `m${who}`, question: index, choice }
        : { ...host, act: { type: act, seat: who, percent: 150 } as QuizHostAct };
    await room.send(command);
  }

  it('gets few and short frames, with what no frame tells, and nothing that is not his to know', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
        const room = await new HostedRoom(opaque(quizMachineOf(plainRules))).open();
        const setup = aSetup(questions, { lockWhenAllAnswered: false, limitMs: 600_000 });
        await room.send({ type: 'prepare', setup });
        for (let n = 1; n <= 3; n++) await room.send({ type: 'join', player: aPlayer(n) });
        const memory = new Memory<QuizView>(room, viewers);
        let revealed = -1;
        let index = -1;
        for (const one of steps) {
          await take(room, one, index);
          await memory.eachReturn((viewer, _before, caught, now) => {
            index = now.question?.index ?? index;
            revealed = Math.max(revealed, now.reveal?.question ?? -1);
            count(`quiz ${viewer.audience} ${caught.kind}`);
            const text = JSON.stringify(caught);
            for (let later = revealed + 1; later < questions.length; later++) {
              expect(text).not.toContain(`WHY${later}!`);
              // The third player types right answers; nobody looks over his shoulder here.
              expect(text).not.toContain(`KEY${later}!`);
              if (later > index) expect(text).not.toContain(`STEM${later}!`);
            }
            for (const other of [1, 2]) if (viewer.seat !== `m${other}`) expect(text).not.toContain(`GUESS${other}!`);
            if (caught.kind === 'view') return;
            const { untold } = caught as { untold: Partial<QuizView> };
            expect(now).toMatchObject(untold);
            if (caught.kind !== 'frames') return;
            expect(sizeOf(caught.frames) + sizeOf(untold)).toBeLessThanOrEqual(4_096 + 64);
            const sent = room.sink.frames.get(viewer.audience)!;
            expect(caught.frames).toEqual(sent.filter(({ seq }) => seq >= caught.frames[0]!.seq));
          });
        }
      }),
      { numRuns: 8 },
    );
    for (const audience of ['player', 'host', 'screen']) {
      for (const kind of ['frames', 'view', 'current']) {
        expect([audience, kind, (counted.get(`quiz ${audience} ${kind}`) ?? 0) > 0]).toEqual([audience, kind, true]);
      }
    }
  });
});

describe('a returning viewer of a stage', () => {
  const viewers: RoomViewer[] = [
    ...['host', 'judge', 'screen'].map((audience) => ({ audience, seat: null })),
    { audience: 'team', seat: 't1m1' },
    { audience: 'team', seat: 't2m1' },
    { audience: 'audience', seat: 'a1' },
  ];
  const official = {
    type: 'official',
    role: 'host',
    accountId: 'h',
    name: '主持',
    console: 'c',
    expect: null,
  } as const;
  type Step = {
    readonly act: 'host' | 'answer' | 'press' | 'audience' | 'wait' | 'join' | 'take-over';
    readonly n: number;
  };
  const step: fc.Arbitrary<Step> = fc.record({
    act: fc.constantFrom('host', 'host', 'host', 'answer', 'answer', 'press', 'audience', 'wait', 'join', 'take-over'),
    n: fc.nat(11),
  });
  const hostActs = (n: number): StageHostAct => {
    const team = (n % 2) + 1;
    if (n < 5) return { type: 'next' };
    if (n < 8) return { type: 'judge', team, verdict: n === 5 ? 'right' : 'wrong' };
    if (n === 8) return { type: 'undo', reason: '误操作' };
    if (n === 9) return { type: 'adjust', team, points: 100, discipline: false, reason: '加分' };
    return { type: n === 10 ? 'pause' : 'resume' };
  };

  async function take(room: HostedRoom, { act, n }: Step, scene: StageView['scene'] | null): Promise<void> {
    const memberId = `t${(n % 2) + 1}m1`;
    const item = scene?.question?.item ?? 0;
    const choice = n % 3 === 0 ? rightChoice : wrongChoice;
    const commands: Record<Exclude<Step['act'], 'wait' | 'take-over'>, StageCommand[]> = {
      host: [{ ...official, act: hostActs(n) }],
      answer: [
        { type: 'team', memberId, act: { type: 'answer', item, choice } },
        ...(n > 5 ? [{ type: 'team', memberId, act: { type: 'finish', item } } as const] : []),
      ],
      press: [
        {
          type: 'buzz',
          seat: memberId,
          buzz: scene?.buzz?.number ?? 0,
          arrivedAt: room.time.now(),
          claimedAt: null,
          rttMs: null,
        },
      ],
      audience: [{ type: 'audience', memberId: `a${(n % 2) + 1}`, item, choice }],
      join: [{ type: 'join', memberId: n % 2 ? memberId : `a${n}`, name: '观众', unitName: '第一支部' }],
    };
    if (act === 'wait') return room.time.advance(n * 2_000);
    if (act === 'take-over') return void (await room.open());
    for (const command of commands[act]) await room.send(command);
  }

  /** As a page does it: parts over the scene, then what no frame tells. */
  function afterCatchUp(before: StageView, caught: CaughtUp): unknown {
    if (caught.kind === 'view') return caught.view;
    let view = before;
    for (const { events } of caught.kind === 'frames' ? caught.frames : []) {
      for (const { type, patch } of events as StageNews[]) {
        if (type === 'scene') view = { ...view, scene: { ...view.scene, ...patch } };
        else if (view.staff) view = { ...view, staff: { ...view.staff, ...patch } };
      }
    }
    const { me, ...audience } = caught.untold as StageUntold;
    return { ...view, me, staff: view.staff && { ...view.staff, audience } };
  }

  it('has after frames what a fresh view shows, whenever he left, in every role', async () => {
    const machine = stageMachineOf(plainRules);
    // The whole view: that pages make up a fitted one is a law of its own.
    const whole = (state: StageState, viewer: RoomViewer) => stageViewFor(state, viewer.audience, viewer.seat);
    const sheets = fc.constantFrom('classic', 'branch', 'duel', 'comeback');
    await fc.assert(
      fc.asyncProperty(sheets, fc.array(step, { minLength: 15, maxLength: 30 }), async (id, steps) => {
        const room = await new HostedRoom(opaque({ ...machine, viewFor: whole })).open();
        const sheet = { ...shippedSheets[id]!, teams: { least: 2, most: 4 } };
        await room.send({ type: 'prepare', setup: aStageSetup(sheet, 2) });
        for (const seat of ['t1m1', 't2m1', 'a1']) await room.send({ type: 'join', memberId: seat, name: seat });
        const memory = new Memory<StageView>(room, viewers);
        let scene: StageView['scene'] | null = null;
        for (const one of steps) {
          await take(room, one, scene);
          await memory.eachReturn((viewer, before, caught, now) => {
            scene = now.scene;
            count(`stage ${viewer.audience} ${caught.kind}`);
            expect(afterCatchUp(before, caught)).toEqual(now);
            const isOfficial = viewer.audience === 'host' || viewer.audience === 'judge';
            if (!isOfficial) expect(JSON.stringify(caught)).not.toMatch(/"type":"staff"|"drafts"|"roster"/);
          });
        }
      }),
      { numRuns: 8 },
    );
    for (const audience of ['team', 'audience', 'host', 'judge', 'screen']) {
      for (const kind of ['frames', 'view', 'current']) {
        expect([audience, kind, (counted.get(`stage ${audience} ${kind}`) ?? 0) > 0]).toEqual([audience, kind, true]);
      }
    }
  });
});
