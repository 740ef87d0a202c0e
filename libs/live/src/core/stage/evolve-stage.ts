import { assertNever } from '@xuekao/kernel';
import { emptyBuzz } from '../buzzer/index.js';
import { withParts } from './delta.js';
import type { PartsOf } from './delta.js';
import type { StageEvent } from './stage-events.js';
import { undoMost } from './stage-state.js';
import type { StagePlay, StageSetup, StageState } from './stage-state.js';

type Event<Type extends StageEvent['type']> = Extract<StageEvent, { type: Type }>;

/** Folds one event. Only the audience's seats are changed in place. */
export function evolveStage(state: StageState, event: StageEvent): StageState {
  switch (event.type) {
    case 'stage-prepared':
      return { ...state, setup: event.setup, play: preparedPlay(state.play, event.setup) };
    case 'signed-in':
      return { ...state, signedIn: [...state.signedIn, event.memberId] };
    case 'audience-seated': {
      const { seat, memberId, name } = event;
      state.audience.push({ seat, memberId, name, right: 0, choice: null, correct: null });
      state.audienceOf.set(memberId, seat);
      return state;
    }
    case 'audience-answered': {
      const seat = state.audience[event.seat - 1]!;
      seat.choice = event.choice;
      seat.correct = event.correct;
      seat.right += Number(event.correct);
      return { ...state, answered: state.answered + 1 };
    }
    case 'moved':
      return moved(state, event);
    case 'undone':
      return afterUndo(state, event);
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
    answered: opensAudience(state, play) ? 0 : state.answered,
  };
}

const opensAudience = (state: StageState, play: PartsOf<StagePlay>): boolean =>
  play.phase === 'audience' && state.play.phase !== 'audience';

function moved(state: StageState, event: Event<'moved'>): StageState {
  if (opensAudience(state, event.play)) {
    for (const seat of state.audience) Object.assign(seat, { choice: null, correct: null });
  }
  return afterMove(state, event);
}

export function afterUndo(state: StageState, { play }: Event<'undone'>): StageState {
  const checkpoint = state.history.at(-1);
  if (!checkpoint) return state;
  const { lines } = checkpoint;
  return {
    ...state,
    play: { ...checkpoint.play, ...play },
    ledger: state.ledger.map((line) => (line.line > lines && !line.undone ? { ...line, undone: true } : line)),
    history: state.history.slice(0, -1),
  };
}
