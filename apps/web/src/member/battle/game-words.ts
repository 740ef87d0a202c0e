import type { BattleSeatView, BattleView, GameReviewItem, GameView, MyGame } from '@xuekao/contracts';

/** Whole seconds that are left, the last one being 1; 0 afterwards. */
export const secondsTo = (at: number | null, now: number): number | null =>
  at === null ? null : Math.max(0, Math.ceil((at - now) / 1000));

/** Message key of who sits there: the member himself, a ghost, or another. */
export type SeatKind = 'me' | 'ghost' | 'person';
export const seatKind = (seat: BattleSeatView, mySeat: number | null): SeatKind =>
  seat.isGhost ? 'ghost' : seat.seat === mySeat ? 'me' : 'person';

/** Message key of what a seat does now; null where there is nothing to say. */
export function seatDoing(
  view: BattleView,
  seat: BattleSeatView,
): 'left' | 'answered' | 'thinking' | 'right' | 'wrong' | 'missed' | null {
  if (seat.hasLeft) return 'left';
  if (view.phase === 'question') return seat.answered ? 'answered' : 'thinking';
  const result = view.phase === 'revealed' ? view.reveal?.results.find((one) => one.seat === seat.seat) : undefined;
  if (!result) return null;
  return result.correct ? 'right' : result.answered ? 'wrong' : 'missed';
}

/** The seats as a result lists them: by place, as they sit where places are shared. */
export const byPlace = (seats: readonly BattleSeatView[]): readonly BattleSeatView[] =>
  seats.toSorted((a, b) => (a.place ?? a.seat) - (b.place ?? b.seat) || a.seat - b.seat);

export type GameVerdict = 'right' | 'wrong' | 'missed';

/** What came of the member's own answer; null before the reveal. */
export function verdictOfGame(view: GameView): GameVerdict | null {
  if (!view.reveal || !view.me) return null;
  if (view.game === 'survival') return view.reveal.correct ? 'right' : view.reveal.choice ? 'wrong' : 'missed';
  const { me, reveal } = view;
  const result = reveal.results.find((one) => one.seat === me.seat);
  return result?.correct ? 'right' : result?.answered ? 'wrong' : 'missed';
}

/** A run whose second mistake is on show. */
export const isLost = (view: GameView): boolean =>
  view.game === 'survival' && view.phase === 'revealed' && view.reveal?.correct === false;

/** An option where the answer stands: in this player's order, with what is to be said of it. */
export interface MarkedOption {
  readonly option: number;
  readonly text: string;
  readonly isRight: boolean;
  readonly isMine: boolean;
}

export function markedOptions(
  given: Pick<GameReviewItem, 'options' | 'optionOrder' | 'key' | 'choice'>,
): readonly MarkedOption[] {
  const order = given.optionOrder ?? given.options.map((_, option) => option);
  return order.map((option) => ({
    option,
    text: given.options[option] ?? '',
    isRight: given.key.includes(option),
    isMine: given.choice?.includes(option) ?? false,
  }));
}

/** `1.4` seconds: one decimal tells answers apart. */
export const secondsText = (ms: number): string => (ms / 1000).toFixed(1);

/** A finished game in a few words: message keys of `battle.games` with their figures. */
export interface GameFact {
  readonly key: 'correct' | 'run' | 'place' | 'alone' | 'ghosts';
  readonly figures: Readonly<Record<string, number>>;
}

export function gameFacts({ mode, correct, questions, place, persons, ghosts }: MyGame): readonly GameFact[] {
  if (mode === 'survival') return [{ key: 'run', figures: { correct } }];
  const facts: GameFact[] = [{ key: 'correct', figures: { correct, questions } }];
  if (persons + ghosts === 1 || place === null) facts.push({ key: 'alone', figures: {} });
  else facts.push({ key: 'place', figures: { place } });
  if (ghosts > 0) facts.push({ key: 'ghosts', figures: { ghosts } });
  return facts;
}
