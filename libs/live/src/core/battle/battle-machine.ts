import type { BattleMe, BattleView } from '@xuekao/contracts';
import { emptyBattle, evolveBattle, seatOf } from './battle-state.js';
import type { BattleCommand, BattleEvent, BattleState } from './battle-state.js';
import { decideBattle, nextBattleDeadline } from './decide-battle.js';
import { gameQuestionView, orderFor, orderSeedOf } from './game-question.js';

/** What a viewer may see now; `memberId` is the seat of one who plays. */
export function battleViewFor(state: BattleState, memberId: string | null): BattleView {
  const question = state.phase === 'ended' ? undefined : state.setup?.questions[state.index];
  return {
    game: 'battle',
    roomId: state.roomId,
    mode: state.setup?.mode ?? 'duel',
    phase: state.phase,
    total: state.setup?.questions.length ?? 0,
    question: question ? gameQuestionView(question, state.index) : null,
    timing: state.phase === 'question' ? state.timing : null,
    nextAt: state.nextAt,
    reveal: state.reveal,
    seats: state.seats.map(({ seat, name, unitName, ghost, hasLeft, correct, scoringMs, place }) => {
      const answered = state.answers[seat] !== undefined;
      return { seat, name, unitName, isGhost: ghost !== null, hasLeft, answered, correct, scoringMs, place };
    }),
    end: state.end,
    me: memberId === null ? null : meOf(state, memberId),
  };
}

function meOf(state: BattleState, memberId: string): BattleMe | null {
  const seat = seatOf(state, memberId);
  if (!seat) return null;
  const orderSeed = orderSeedOf(state.roomId, seat.seat);
  const question = state.phase === 'ended' ? undefined : state.setup?.questions[state.index];
  const optionOrder = orderFor(orderSeed, question, state.index);
  return { seat: seat.seat, choice: state.answers[seat.seat]?.choice ?? null, orderSeed, optionOrder };
}

export const isBattleNews = (event: BattleEvent): boolean =>
  event.type !== 'battle-prepared' && event.type !== 'answer-taken';

/** In the shape of a room machine. */
export const battleMachine = {
  kind: 'live.battle',
  version: 1,
  audiences: { player: { progressMs: 60_000 } },
  initial: emptyBattle,
  decide: (state: BattleState, command: BattleCommand, now: number) => decideBattle(state, command, now),
  evolve: evolveBattle,
  nextDeadline: nextBattleDeadline,
  afterOutage: (state: BattleState, from: number, to: number): BattleCommand | null =>
    nextBattleDeadline(state) === null ? null : { type: 'outage', from, to },
  isOver: (state: BattleState): boolean => state.phase === 'ended',
  viewFor: (state: BattleState, viewer: { seat: string | null }): BattleView => battleViewFor(state, viewer.seat),
  visible: (event: BattleEvent): 'full' | 'skip' => (isBattleNews(event) ? 'full' : 'skip'),
  personal: (): [] => [],
  progress: (): null => null,
  encode: (state: BattleState): string => JSON.stringify(state),
  decode: (text: string): BattleState => JSON.parse(text) as BattleState,
};
