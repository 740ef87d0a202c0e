import type { QuizFrame, QuizHostAct, QuizNews, QuizView, StageFrame, StageScene, StageView } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import {
  decideQuiz,
  defaultQuizOptions,
  emptyQuiz,
  evolveQuiz,
  isVisible,
  plainRules,
  type QuizCommand,
  quizProgress,
  quizViewFor,
} from '@xuekao/live/core';
import fc from 'fast-check';
import { type HallReplay, hallTrack, lastState, stageTrack, stateAt } from './track.js';

const question = (number: number) => ({
  versionId: `q${number}`,
  type: 'single' as const,
  stem: `第${number}题`,
  options: ['甲', '乙', '丙'],
  key: { options: [1] },
  explanation: null,
});
const setup = { title: '竞赛', rehearsal: false, options: defaultQuizOptions, questions: [1, 2, 3].map(question) };

/** A room played to some point, what its screen was told, and what the screen showed after each row. */
function played(commands: readonly (readonly [wait: number, QuizCommand])[]) {
  let state = emptyQuiz('room');
  let now = 1_000_000;
  let seq = 0;
  const frames: QuizFrame[] = [];
  const progress: (ReturnType<typeof quizProgress> & { seq: number; at: number })[] = [];
  const shown: { at: number; view: QuizView }[] = [];
  for (const [wait, command] of [[0, { type: 'prepare', setup } as QuizCommand] as const, ...commands]) {
    now += wait;
    const events = decideQuiz(state, command, now, plainRules);
    if (isRefusal(events) || events.length === 0) continue;
    for (const event of events) state = evolveQuiz(state, event);
    seq += 1;
    const seen = events.filter((event) => isVisible(event, 'screen')) as QuizNews[];
    if (seen.length > 0) frames.push({ roomId: 'room', seq, after: frames.at(-1)?.seq ?? 1, at: now, events: seen });
    progress.push({ ...quizProgress(state, 'screen'), seq, at: now });
    shown.push({ at: now, view: quizViewFor(state, 'screen', null) });
  }
  const replay: HallReplay = { title: '竞赛', view: shown[0]!.view, frames, progress };
  return { replay, shown };
}

const acts = ['open', 'lock', 'reveal', 'scoreboard', 'podium', 'end', 'pause', 'resume'] as const;
const host = (type: QuizHostAct['type']): QuizCommand => ({
  type: 'host',
  console: 'c',
  name: '主持',
  act: { type } as QuizHostAct,
});
const player = (number: number) => ({
  memberId: `m${number}`,
  name: `党员${number}`,
  unitId: 'u',
  unitName: '第一支部',
  unitRoll: 9,
});
const commands = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 9_000 }),
    fc.oneof(
      fc.constantFrom(...acts).map(host),
      fc.nat(3).map((number): QuizCommand => ({ type: 'join', player: player(number) })),
      fc.tuple(fc.nat(3), fc.nat(2), fc.nat(2)).map(([number, at, option]): QuizCommand => ({
        type: 'answer',
        memberId: `m${number}`,
        question: at,
        choice: { options: [option] },
      })),
    ),
  ),
  { maxLength: 60 },
);

describe('the track of a replay', () => {
  it('shows at every moment what the screen showed then, and ends as it ended', () => {
    fc.assert(
      fc.property(commands, (given) => {
        const { replay, shown } = played(given);
        const track = hallTrack(replay);
        for (const { at, view } of shown) expect(stateAt(track, at).view).toEqual(view);
        expect(lastState(track).view).toEqual(shown.at(-1)!.view);
      }),
      { numRuns: 100 },
    );
  });

  it('has a mark for each question and one for the podium', () => {
    const steps: readonly QuizHostAct['type'][] = ['open', 'lock', 'reveal', 'scoreboard', 'open', 'reveal', 'podium'];
    const { replay, shown } = played(steps.map((type) => [10_000, host(type)] as const));
    const { marks, until } = hallTrack(replay);
    expect(marks.map(({ question: number }) => number)).toEqual([1, 2, null]);
    expect(marks.map(({ at }) => at)).toEqual([1, 5, 7].map((row) => shown[row]!.at));
    expect(until).toBeGreaterThan(shown.at(-1)!.at);
  });

  it('counts the questions of a stage by round, one mark each, also where a step was taken back', () => {
    const scene = { phase: 'lobby', paused: false, question: null, round: null } as unknown as StageScene;
    const rounds = [{ staking: 'fixed' }, { staking: 'clue' }];
    const view = { kind: 'stage', scene, staff: null, me: null, rounds } as unknown as StageView;
    const shown = (title: string, item: number, more = '') => {
      const round = { title, id: title, index: title === '线索题' ? 1 : 0 };
      return { phase: 'reading', round, question: { item, stem: `第${item}问${more}`, options: ['甲', '乙'] } };
    };
    /** As an undo leaves it: the same question comes again under a new number of the room. */
    const again = (title: string, item: number, as: number) => {
      const scene = shown(title, item);
      return { ...scene, question: { ...scene.question, item: as } };
    };
    const standings = { phase: 'standings', question: null };
    const patches: readonly object[] = [
      shown('必答题', 1),
      shown('必答题', 2),
      standings,
      shown('必答题', 2),
      standings,
      shown('抢答题', 3),
      shown('必答题', 2),
      shown('抢答题', 3),
      shown('抢答题', 4),
      standings,
      again('抢答题', 4, 5),
      shown('线索题', 6),
      shown('线索题', 6, '\n第二条线索'),
      { phase: 'podium', question: null },
    ];
    const frames = patches.map((patch, at): StageFrame => {
      const events = [{ type: 'scene' as const, patch: patch as Partial<StageScene> }];
      return { roomId: 'room', seq: at + 2, after: at + 1, at: at * 1_000, events };
    });
    const { marks } = stageTrack({ title: '竞赛', view, frames, progress: [] });
    expect(marks).toEqual([
      { at: 0, round: '必答题', question: 1 },
      { at: 1_000, round: '必答题', question: 2 },
      { at: 5_000, round: '抢答题', question: 1 },
      { at: 8_000, round: '抢答题', question: 2 },
      { at: 11_000, round: '线索题', question: 1 },
      { at: 13_000, question: null },
    ]);
  });
});
