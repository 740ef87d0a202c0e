import type { StageFrame, StageNews, StageScene, StageView } from '@xuekao/contracts';
import {
  afterStageAnswer,
  afterStageCatchUp,
  afterStageFrame,
  afterStagePersonal,
  afterStageProgress,
  stageOfView,
  type StageState,
  stageTimeOf,
} from './stage-state.js';

const scene = { phase: 'lobby', step: 1, paused: false, question: null, clock: null } as unknown as StageScene;
const me = { as: 'team', team: 1, draft: null, finished: false };
const viewOf = (part: object): StageView =>
  ({ kind: 'stage', scene, staff: null, me, ...part }) as unknown as StageView;
const start = stageOfView(5, viewOf({}), null);
const frame = (seq: number, events: StageNews[], after = seq - 1): StageFrame => ({
  roomId: 'r',
  seq,
  after,
  at: 1_000 + seq,
  events,
});
const patch = (part: object): StageNews => ({ type: 'scene', patch: part as Partial<StageScene> });
const next = (state: StageState, ...events: StageNews[]): StageState =>
  afterStageFrame(state, frame(state.seq + 1, events)) as StageState;

describe('a client of a stage', () => {
  it('lays changed parts over the scene and keeps the others', () => {
    const seen = next(start, patch({ phase: 'intro' }), patch({ step: 2 }));
    expect(seen.view.scene).toMatchObject({ phase: 'intro', step: 2, paused: false });
    expect(seen.seq).toBe(6);
  });

  it('drops a frame that it has and asks for one that it missed', () => {
    expect(afterStageFrame(start, frame(5, []))).toBe('old');
    expect(afterStageFrame(start, frame(9, [], 7))).toBe('gap');
    expect(afterStageFrame(start, frame(9, [], 3))).toMatchObject({ seq: 9 });
  });

  it('takes news of officials only where its view has their part', () => {
    const news: StageNews = { type: 'staff', patch: { next: 'show', audience: { seats: 9, answered: 4 } } };
    expect(next(start, news).view.staff).toBeNull();
    const host = stageOfView(5, viewOf({ staff: { next: 'intro', audience: { seats: 8, answered: 0 } } }), null);
    expect(host.audience).toEqual({ seats: 8, answered: 0 });
    expect(next(host, news)).toMatchObject({ view: { staff: { next: 'show' } }, audience: { seats: 9, answered: 4 } });
  });

  it('counts the answers of the audience anew with each question', () => {
    const counted = afterStageProgress(start, { seq: 5, seats: 30, answered: 12 });
    expect(next(counted, patch({ question: { item: 2 } })).audience).toEqual({ seats: 30, answered: 0 });
    expect(next(counted, patch({ step: 3 })).audience).toEqual({ seats: 30, answered: 12 });
  });

  it('lays what it missed over what it had, and then what no frame tells', () => {
    const untold = { me: { ...me, finished: true } as never, seats: 7, answered: 3 };
    const frames = [frame(6, [patch({ phase: 'intro' })]), frame(8, [patch({ step: 2 })], 6)];
    const back = afterStageCatchUp(start, { kind: 'frames', seq: 9, frames, untold });
    expect(back).toMatchObject({
      seq: 9,
      audience: { seats: 7, answered: 3 },
      view: { scene: { phase: 'intro', step: 2 } },
    });
    expect(back.view.me).toMatchObject({ finished: true });
    expect(afterStageCatchUp(start, { kind: 'current', seq: 5, untold }).view.me).toMatchObject({ finished: true });
    const ahead = { ...start, seq: 12 };
    expect(afterStageCatchUp(ahead, { kind: 'frames', seq: 9, frames, untold })).toEqual(ahead);
  });

  it('shows an answer that the server took, unless the question has moved on', () => {
    const open = next(start, patch({ question: { item: 3 } }));
    expect(afterStageAnswer(open, 3, { options: [1] }).view.me).toMatchObject({ draft: { options: [1] } });
    expect(afterStageAnswer(open, 2, { options: [1] })).toBe(open);
    const told = afterStagePersonal(open, { type: 'me', me: { ...me, finished: true } as never });
    expect(told.view.me).toMatchObject({ finished: true });
  });
});

describe('the clock of a stage', () => {
  const clock = { kind: 'answer', from: 10_000, until: 40_000 };
  const running = viewOf({ scene: { ...scene, clock } });

  it('waits for the common opening, counts down, and ends at one', () => {
    expect(stageTimeOf(running, 9_900, null)).toMatchObject({ stage: 'ahead', seconds: 30, leftPercent: 100 });
    expect(stageTimeOf(running, 25_000, null)).toMatchObject({ stage: 'open', seconds: 15, leftPercent: 50 });
    expect(stageTimeOf(running, 39_999, null)?.seconds).toBe(1);
    expect(stageTimeOf(running, 40_000, null)).toMatchObject({ stage: 'over', seconds: 0 });
    expect(stageTimeOf(start.view, 0, null)).toBeNull();
  });

  it('stands still while paused, and says nothing where nobody saw when', () => {
    const paused = viewOf({ scene: { ...scene, clock, paused: true } });
    expect(stageTimeOf(paused, 99_000, 25_000)).toMatchObject({ seconds: 15, isStopped: true });
    expect(stageTimeOf(paused, 99_000, null)).toBeNull();
    const seen = next({ ...start, view: running }, patch({ paused: true }));
    expect(seen.pausedAt).toBe(1_006);
    expect(next(seen, patch({ paused: false })).pausedAt).toBeNull();
  });
});
