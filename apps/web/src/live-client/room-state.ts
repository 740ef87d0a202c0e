import type {
  LivePresence,
  QuizCatchUp,
  QuizChoice,
  QuizFrame,
  QuizMe,
  QuizNews,
  QuizPersonalNews,
  QuizProgress,
  QuizTiming,
  QuizView,
} from '@xuekao/contracts';
import { isShuffled, optionOrderOf } from '@xuekao/live/core';

/** What a client knows of its room: the view, and how far in the room's log it is. */
export interface RoomState {
  readonly seq: number;
  readonly view: QuizView;
  readonly online: LivePresence['online'];
  /** Server time of the pause; null where it was not seen, as after a reload. */
  readonly pausedAt: number | null;
}

export function stateOfView(seq: number, view: QuizView, former: RoomState | null): RoomState {
  const pausedAt = view.paused ? (former?.pausedAt ?? null) : null;
  return { seq, view, online: former?.online ?? {}, pausedAt };
}

/**
 * The state after a frame; `old` for one that is in it already, `gap` where a frame before it was missed, `unknown` where a
 * newer server tells something that this page has no word for: its view does.
 */
export function afterFrame(state: RoomState, frame: QuizFrame): RoomState | 'old' | 'gap' | 'unknown' {
  if (frame.seq <= state.seq) return 'old';
  if (frame.after > state.seq) return 'gap';
  let next = state;
  for (const news of frame.events) {
    const told = afterNews(next.view, news);
    if (told === 'unknown') return told;
    // When the new screen gives way is told by the next tick of the counters.
    const view =
      told.phase === next.view.phase || !told.host ? told : { ...told, host: { ...told.host, nextAt: null } };
    next = { ...next, view, pausedAt: pausedAt(next, news) };
  }
  return { ...next, seq: frame.seq };
}

function pausedAt(state: RoomState, news: QuizNews): number | null {
  if (news.type === 'paused') return news.at;
  return news.type === 'resumed' || news.type === 'clock-shifted' || news.type === 'ended' ? null : state.pausedAt;
}

/** The view after one piece of news: the same as the server would show to one who opens the page now. */
export function afterNews(view: QuizView, news: QuizNews): QuizView | 'unknown' {
  switch (news.type) {
    case 'question-opened':
      return opened(view, news);
    case 'answers-locked':
      return { ...view, phase: 'locked' };
    case 'revealed': {
      const { question, key, explanation, histogram } = news;
      return { ...view, phase: 'revealed', timing: null, reveal: { question, key, explanation, histogram } };
    }
    case 'scoreboard-shown':
      return { ...view, phase: 'scoreboard', board: { seats: news.seats, units: news.units } };
    case 'podium-shown': {
      const board = { seats: news.seats, units: news.units };
      return { ...view, phase: 'podium', board, question: null, reveal: null, timing: null };
    }
    case 'paused':
      return { ...view, paused: true };
    case 'resumed':
    case 'clock-shifted':
      return { ...view, paused: false, timing: timingNow(view, news.timing) };
    case 'joining-locked':
      return { ...view, joiningLocked: news.locked };
    // Lists of seats are asked for; who is meant is told by himself.
    case 'seat-kicked':
    case 'time-factor-set':
      return view;
    case 'baton-taken': {
      const baton = { console: news.console, name: news.name };
      return { ...view, host: view.host && { ...view.host, baton } };
    }
    case 'auto-advance-set': {
      const { host } = view;
      return { ...view, host: host && { ...host, autoAdvance: news.on, advances: news.on || !host.attended } };
    }
    case 'ended':
      return { ...view, phase: 'ended', paused: false, question: null, reveal: null, timing: null };
    default:
      return unknownTo(news);
  }
}

/** Every kind of news has its case; what comes beside them was made after this page. */
const unknownTo = (_news: never): 'unknown' => 'unknown';

function opened(view: QuizView, { question, timing }: Extract<QuizNews, { type: 'question-opened' }>): QuizView {
  const { me } = view;
  const isOwnOrder = me !== null && me.orderSeed !== null && isShuffled(question.type);
  const optionOrder = isOwnOrder ? optionOrderOf(me.orderSeed ?? '', question.index, question.options.length) : null;
  return {
    ...view,
    phase: 'question',
    question,
    timing,
    reveal: null,
    board: null,
    units: null,
    newest: null,
    answered: 0,
    me: me && { ...me, choice: null, optionOrder },
  };
}

/** A clock that goes on concerns an open question alone; later phases show none. */
function timingNow(view: QuizView, timing: QuizTiming | null): QuizTiming | null {
  return view.phase === 'question' || view.phase === 'locked' ? timing : view.timing;
}

export function afterPersonal(state: RoomState, news: QuizPersonalNews): RoomState | 'unknown' {
  const { me } = state.view;
  const own = me && ownAfter(me, news);
  return own === 'unknown' ? own : { ...state, view: { ...state.view, me: own } };
}

function ownAfter(me: QuizMe, news: QuizPersonalNews): QuizMe | 'unknown' {
  switch (news.type) {
    case 'kicked':
      return { ...me, kicked: news.kicked };
    case 'time-factor':
      return { ...me, timePercent: news.percent };
    case 'result': {
      const { result } = news;
      return { ...me, result, points: result.points, place: result.place === 0 ? null : result.place };
    }
    default:
      return unknownTo(news);
  }
}

/** The state after what was missed: the frames in order, then what no frame tells. What is in it already is passed over. */
export function afterCatchUp(state: RoomState, seen: Exclude<QuizCatchUp, { kind: 'view' }>): RoomState | 'unknown' {
  let next = state;
  for (const frame of seen.kind === 'frames' ? seen.frames : []) {
    const told = afterFrame(next, frame);
    if (told === 'unknown') return told;
    if (typeof told !== 'string') next = told;
  }
  // A frame that came meanwhile is newer than the answer.
  if (next.seq > seen.seq) return next;
  return { ...next, seq: seen.seq, view: { ...next.view, ...seen.untold } };
}

/** The acknowledged answer; news of a later question may have come first. */
export function afterAnswer(state: RoomState, question: number, choice: QuizChoice): RoomState {
  const { me } = state.view;
  if (!me || state.view.question?.index !== question) return state;
  return { ...state, view: { ...state.view, me: { ...me, choice } } };
}

export function afterProgress(state: RoomState, { newest, units, ...counts }: QuizProgress): RoomState {
  const { view } = state;
  const { seats, answered } = counts;
  const isLobby = view.phase === 'lobby' && view.units !== null;
  const host = view.host && {
    ...view.host,
    advances: counts.advances ?? view.host.advances,
    attended: counts.attended ?? view.host.attended,
    extended: counts.extended ?? view.host.extended,
    nextAt: counts.nextAt === undefined ? view.host.nextAt : counts.nextAt,
  };
  return {
    ...state,
    view: {
      ...view,
      seats,
      answered,
      units: isLobby ? (units ?? view.units) : null,
      newest: isLobby ? (newest ?? view.newest) : null,
      host,
    },
  };
}
