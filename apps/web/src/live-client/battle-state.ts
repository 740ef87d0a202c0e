import type {
  BattleMe,
  BattleNews,
  BattleQuestionView,
  BattleSeatResult,
  BattleSeatView,
  BattleView,
  GameNews,
  GameView,
  QuizTiming,
  RoomFrame,
  SurvivalNews,
  SurvivalView,
} from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import { optionOrderOf } from '@xuekao/live/core';

/** What a phone knows of its game: the view, and how far in the game's log it is. */
export interface GameState {
  readonly seq: number;
  readonly view: GameView;
}
export type GameFrame = RoomFrame<GameNews>;

/** The state after a frame; `old` for one that is in it already, `gap` where a frame before it was missed. */
export function afterGameFrame(state: GameState, frame: GameFrame): GameState | 'old' | 'gap' {
  if (frame.seq <= state.seq) return 'old';
  if (frame.after > state.seq) return 'gap';
  return { seq: frame.seq, view: frame.events.reduce(afterGameNews, state.view) };
}

/** The newer of what is known and a whole view: an answer that was overtaken on its way changes nothing. */
export const afterGameView = (state: GameState | null, seq: number, view: GameView): GameState =>
  state && state.seq > seq ? state : { seq, view };

/** Frames that came while a view was awaited, in whatever order. `isWhole` is false where one before them is missing. */
export function afterHeldFrames(
  state: GameState,
  frames: readonly GameFrame[],
): { readonly state: GameState; readonly isWhole: boolean } {
  let now = state;
  for (const frame of frames.toSorted((a, b) => a.seq - b.seq)) {
    const next = afterGameFrame(now, frame);
    if (next === 'gap') return { state: now, isWhole: false };
    if (next !== 'old') now = next;
  }
  return { state: now, isWhole: true };
}

/** The view after one piece of news: the same as the server would show to one who opens the page now. */
export function afterGameNews(view: GameView, news: GameNews): GameView {
  if (view.game === 'battle') return isOfBattle(news) ? afterBattleNews(view, news) : view;
  return isOfBattle(news) ? view : afterSurvivalNews(view, news);
}

const isOfBattle = (news: GameNews): news is BattleNews => news.type.startsWith('battle-');

function afterBattleNews(view: BattleView, news: BattleNews): BattleView {
  switch (news.type) {
    case 'battle-opened': {
      const seats = view.seats.map((seat) => ({ ...seat, answered: false }));
      return { ...view, ...opened(view.me, news), phase: 'question', seats };
    }
    case 'battle-answered':
      return { ...view, seats: withSeat(view.seats, news.seat, { answered: true }) };
    case 'battle-revealed': {
      const { question, key, explanation, results, nextAt } = news;
      const seats = view.seats.map((seat) => withResult(seat, results));
      return {
        ...view,
        phase: 'revealed',
        timing: null,
        nextAt,
        seats,
        reveal: { question, key, explanation, results },
      };
    }
    case 'battle-left':
      return { ...view, seats: withSeat(view.seats, news.seat, { hasLeft: true }) };
    case 'battle-shifted':
      return { ...view, ...shifted(view, news) };
    case 'battle-ended': {
      const placeOf = new Map(news.places.map(({ seat, place }) => [seat, place]));
      const seats = view.seats.map((seat) => ({ ...seat, place: placeOf.get(seat.seat) ?? null }));
      const me = view.me && { ...view.me, optionOrder: null };
      return { ...view, phase: 'ended', question: null, timing: null, nextAt: null, end: news.end, seats, me };
    }
    default:
      return assertNever(news);
  }
}

function afterSurvivalNews(view: SurvivalView, news: SurvivalNews): SurvivalView {
  switch (news.type) {
    case 'survival-opened':
      return { ...view, ...opened(view.me, news), phase: 'question' };
    case 'survival-revealed': {
      const { question, key, explanation, choice, correct, streak, nextAt } = news;
      const reveal = { question, key, explanation, choice, correct };
      const phase = news.mayRevive ? 'revive' : 'revealed';
      return { ...view, phase, timing: null, nextAt, streak, reveal, me: view.me && { ...view.me, choice } };
    }
    case 'survival-revived':
      return { ...view, phase: 'ready', nextAt: news.nextAt, isRevived: true };
    case 'survival-shifted':
      return { ...view, ...shifted(view, news) };
    case 'survival-ended':
      return { ...view, phase: 'ended', timing: null, nextAt: null, end: news.end, streak: news.streak };
    default:
      return assertNever(news);
  }
}

function opened(
  me: BattleMe | null,
  { question, timing }: { readonly question: BattleQuestionView; readonly timing: QuizTiming },
) {
  const isShuffled = me !== null && question.type !== 'true-false';
  const optionOrder = isShuffled ? optionOrderOf(me.orderSeed, question.index, question.options.length) : null;
  return { question, timing, nextAt: null, reveal: null, me: me && { ...me, choice: null, optionOrder } };
}

/** The server was away: every instant moved. */
function shifted(
  { phase, nextAt }: GameView,
  { byMs, timing }: { readonly byMs: number; readonly timing: QuizTiming | null },
) {
  return { nextAt: nextAt === null ? null : nextAt + byMs, timing: phase === 'question' ? timing : null };
}

function withSeat(
  seats: readonly BattleSeatView[],
  number: number,
  change: Partial<BattleSeatView>,
): readonly BattleSeatView[] {
  return seats.map((seat) => (seat.seat === number ? { ...seat, ...change } : seat));
}

function withResult(seat: BattleSeatView, results: readonly BattleSeatResult[]): BattleSeatView {
  const result = results.find((other) => other.seat === seat.seat);
  if (!result?.answered || !result.correct) return seat;
  return { ...seat, correct: seat.correct + 1, scoringMs: seat.scoringMs + result.elapsedMs };
}

/** The acknowledged answer; news of a later question may have come first. */
export function afterGameAnswer(state: GameState, question: number, choice: readonly number[]): GameState {
  const { view } = state;
  // A run reveals at once, and the reveal holds the choice.
  if (view.game === 'survival' || !view.me) return state;
  if ((view.question?.index ?? view.reveal?.question) !== question) return state;
  const ascending = [...choice].sort((a, b) => a - b);
  return { ...state, view: { ...view, me: { ...view.me, choice: ascending } } };
}

/** When the server must have told something new at the latest, its own time; null where nothing runs. */
export function newsDueAt(view: GameView): number | null {
  return view.phase === 'question' && view.timing ? view.timing.closeAt + graceMs : view.nextAt;
}

/** An answer on its way when the time ran out still counts. */
const graceMs = 500;
