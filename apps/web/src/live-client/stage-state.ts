import type {
  QuizChoice,
  StageCatchUp,
  StageClock,
  StageFrame,
  StageNews,
  StagePage,
  StagePart,
  StagePersonalNews,
  StageProgress,
  StageRole,
  StageView,
} from '@xuekao/contracts';
import { partOf, withPart } from '@xuekao/live/core';

/** What a client knows of its stage: the view, and how far in the room's log it is. */
export interface StageState {
  readonly seq: number;
  readonly view: StageView;
  readonly online: Readonly<Partial<Record<StageRole, number>>>;
  /** Seats of the audience and answers to the question on show. */
  readonly audience: { readonly seats: number; readonly answered: number };
  /** Server time of the pause; null where it was not seen, as after a reload. */
  readonly pausedAt: number | null;
}

export function stageOfView(seq: number, view: StageView, former: StageState | null): StageState {
  return {
    seq,
    view,
    online: former?.online ?? {},
    audience: view.staff?.audience ?? former?.audience ?? { seats: 0, answered: 0 },
    pausedAt: view.scene.paused ? (former?.pausedAt ?? null) : null,
  };
}

/** The state after a frame; `old` for one that is in it already, `gap` where a frame before it was missed. */
export function afterStageFrame(state: StageState, frame: StageFrame): StageState | 'old' | 'gap' {
  if (frame.seq <= state.seq) return 'old';
  if (frame.after > state.seq) return 'gap';
  const next = frame.events.reduce((before, news) => afterStageNews(before, news, frame.at), state);
  return { ...next, seq: frame.seq };
}

/** The state after what was missed: the frames in order, then what no frame tells. */
export function afterStageCatchUp(state: StageState, seen: Exclude<StageCatchUp, { kind: 'view' }>): StageState {
  let next = state;
  for (const frame of seen.kind === 'frames' ? seen.frames : []) {
    const told = afterStageFrame(next, frame);
    if (typeof told !== 'string') next = told;
  }
  // A frame that came meanwhile is newer than the answer.
  if (next.seq > seen.seq) return next;
  if (!seen.untold) return { ...next, seq: seen.seq };
  const { me, ...audience } = seen.untold;
  const { staff } = next.view;
  const view = { ...next.view, me, staff: staff && { ...staff, audience } };
  return { ...next, seq: seen.seq, view, audience };
}

function afterStageNews(state: StageState, news: StageNews, at: number): StageState {
  const { view } = state;
  const rest = view.rest?.filter((part) => !isTold(part, news));
  const also = rest ? { rest } : {};
  if (news.type === 'staff') {
    if (!view.staff) return state;
    const staff = { ...view.staff, ...news.patch };
    return { ...state, view: { ...view, staff, ...also }, audience: staff.audience };
  }
  const scene = { ...view.scene, ...news.patch };
  const isNew = scene.question?.item !== view.scene.question?.item;
  const pausedAt = !scene.paused ? null : view.scene.paused ? state.pausedAt : at;
  const audience = isNew ? { ...state.audience, answered: 0 } : state.audience;
  return { ...state, view: { ...view, scene, ...also }, pausedAt, audience };
}

/** What a frame tells whole need not be asked for any more. */
const isTold = (part: StagePart, { type, patch }: StageNews): boolean => {
  const [group, key] = part.split('.');
  return group === type && key !== undefined && Object.hasOwn(patch, key);
};

/** A page of a part for which the view had no room; one that does not go on where the part ends is of no use. */
export function afterStagePage(state: StageState, { part, from, total, items }: StagePage): StageState {
  const { view } = state;
  const held = part === 'ledger' || !view.rest?.includes(part) ? null : partOf(view, part);
  if (part === 'ledger' || held?.length !== from) return state;
  const whole = typeof held === 'string' ? held + String(items) : [...held, ...items];
  const rest = whole.length < total && items.length > 0 ? view.rest : view.rest?.filter((other) => other !== part);
  return { ...state, view: { ...withPart(view, part, whole), ...(rest ? { rest } : {}) } };
}

export function afterStagePersonal(state: StageState, { me }: StagePersonalNews): StageState {
  return { ...state, view: { ...state.view, me } };
}

/** The server has taken this answer: it stands on the page also before the next view. */
export function afterStageAnswer(state: StageState, item: number, choice: QuizChoice): StageState {
  const { me, scene } = state.view;
  if (!me || scene.question?.item !== item) return state;
  const answered = me.as === 'team' ? { ...me, draft: choice } : { ...me, choice };
  return { ...state, view: { ...state.view, me: answered } };
}

export function afterStageProgress(state: StageState, { seats, answered }: StageProgress): StageState {
  return { ...state, audience: { seats, answered } };
}

export interface StageTime {
  readonly kind: StageClock['kind'];
  /** `ahead`: opens in a moment, the same moment on all devices. `over`: the room has not said so yet. */
  readonly stage: 'ahead' | 'open' | 'over';
  /** Whole seconds to the close; the last one is 1. */
  readonly seconds: number;
  readonly leftPercent: number;
  readonly isStopped: boolean;
}

/** Where the clock on show stands; null where none runs, and for a paused one of which nobody here saw when it stopped. */
export function stageTimeOf(view: StageView | null, now: number, pausedAt: number | null): StageTime | null {
  const clock = view?.scene.clock;
  if (!view || !clock) return null;
  const isStopped = view.scene.paused;
  if (isStopped && pausedAt === null) return null;
  const at = pausedAt ?? now;
  const { kind, from, until } = clock;
  const stage = at < from ? 'ahead' : at < until ? 'open' : 'over';
  const left = Math.max(0, until - Math.max(at, from));
  const leftPercent = Math.round((left / Math.max(1, until - from)) * 100);
  return { kind, stage, seconds: Math.ceil(left / 1000), leftPercent, isStopped };
}

export const isSameStageTime = (a: StageTime, b: StageTime): boolean =>
  a.kind === b.kind &&
  a.stage === b.stage &&
  a.seconds === b.seconds &&
  a.leftPercent === b.leftPercent &&
  a.isStopped === b.isStopped;
