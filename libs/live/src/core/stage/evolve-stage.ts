import { assertNever } from '@xuekao/kernel';
import { emptyBuzz } from '../buzzer/index.js';
import { withParts } from './delta.js';
import type { PartsOf } from './delta.js';
import type { StageEvent } from './stage-events.js';
import { undoMost } from './stage-state.js';
import type { AudienceSeat, StagePlay, StageSetup, StageState } from './stage-state.js';

type Event<Type extends StageEvent['type']> = Extract<StageEvent, { type: Type }>;

/** Folds one event. Only the audience's seats are changed in place. */
export function evolveStage(state: StageState, event: StageEvent): StageState {
  switch (event.type) {
    case 'stage-prepared':
      return { ...state, setup: event.setup, play: preparedPlay(state.play, event.setup) };
    case 'signed-in':
      return { ...state, signedIn: [...state.signedIn, event.memberId] };
    case 'audience-seated': {
      const { seat, memberId, name, unitName } = event;
      state.audience.push({ seat, memberId, name, unitName, rightIn: [], item: null, choice: null, correct: null });
      state.audienceOf.set(memberId, seat);
      return state;
    }
    case 'audience-answered': {
      const seat = state.audience[event.seat - 1]!;
      const item = state.play.item?.item ?? 0;
      if (event.correct) seat.rightIn.push(item);
      Object.assign(seat, { item, choice: event.choice, correct: event.correct });
      return { ...state, answered: state.answered + 1 };
    }
    case 'moved':
      return moved(state, event);
    case 'undone': {
      const items = state.history.at(-1)?.play.items ?? 0;
      const after = afterUndo(state, event);
      recount(state.audience, after.play, items);
      return after;
    }
    case 'scene':
    case 'staff':
    case 'told':
      return state;
    default:
      return assertNever(event);
  }
}

function preparedPlay(play: StagePlay, { teams }: StageSetup): StagePlay {
  const numbers = teams.map((_team, index) => index + 1);
  const fresh = { out: false, wrongs: 0, asked: 0, helps: {}, exitPlace: null, overtime: 0 };
  return {
    ...play,
    buzz: emptyBuzz,
    seats: numbers,
    sets: numbers,
    teams: teams.map(({ members }, index) => ({ team: index + 1, members, ...fresh })),
  };
}

/** Without the audience's seats, which are changed in place. */
export function afterMove(state: StageState, { play, desk, lines, label, at }: Event<'moved'>): StageState {
  const checkpoint = { label: label ?? '', at, play: state.play, lines: state.ledger.length };
  return {
    ...state,
    play: withParts(state.play, play),
    desk: withParts(state.desk, desk),
    ledger: lines.length === 0 ? state.ledger : [...state.ledger, ...lines],
    history: label === null ? state.history : [...state.history, checkpoint].slice(-undoMost),
    answered: opensAudience(state, play) ? answersTo(state) : state.answered,
  };
}

const opensAudience = (state: StageState, play: PartsOf<StagePlay>): boolean =>
  play.phase === 'audience' && state.play.phase !== 'audience';

/** Some have answered already where the audience is asked once more after an undo: their answers stand. */
function answersTo({ audience, play }: StageState): number {
  return audience.filter(({ item }) => item !== null && item === play.item?.item).length;
}

function moved(state: StageState, event: Event<'moved'>): StageState {
  const after = afterMove(state, event);
  const isVoided = after.play.item?.voided != null && state.play.item?.voided === null;
  if (isVoided || opensAudience(state, event.play)) recount(state.audience, after.play, after.play.items);
  return after;
}

/** What a listener had right: of the questions up to `items`, and of the one on show where the audience is asked and it is not void. */
function recount(audience: readonly AudienceSeat[], { item }: StagePlay, items: number): void {
  const counts = item?.audienceAsked === true && item.voided === null;
  for (const seat of audience) {
    const isOwn = item !== null && seat.item === item.item;
    const kept = seat.rightIn.filter((one) => one <= items && (one !== item?.item || (counts && !isOwn)));
    seat.rightIn = isOwn && counts && seat.correct === true ? [...kept, item.item] : kept;
  }
}

export function afterUndo(state: StageState, { play, desk }: Event<'undone'>): StageState {
  const checkpoint = state.history.at(-1);
  if (!checkpoint) return state;
  const { lines } = checkpoint;
  return {
    ...state,
    play: { ...checkpoint.play, ...play },
    desk: withParts(state.desk, desk),
    ledger: state.ledger.map((line) => (line.line > lines && !line.undone ? { ...line, undone: true } : line)),
    history: state.history.slice(0, -1),
  };
}
