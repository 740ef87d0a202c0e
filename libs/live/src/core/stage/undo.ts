import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { evolveBuzz } from '../buzzer/index.js';
import { causeOf } from './cause.js';
import { afterUndo } from './evolve-stage.js';
import { newsOf } from './news.js';
import { decideOfficial } from './official-acts.js';
import type { StageCommand, StageEvent } from './stage-events.js';
import { shiftedClock } from './stage-state.js';
import type { StageState } from './stage-state.js';
import { Work } from './work.js';
import type { StageNow } from './work.js';

type Official = Extract<StageCommand, { type: 'official' }>;

/** Takes the last step back: play and scores are as before it, its lines stay in the ledger struck out. Numbers of steps, questions and cues go on growing. */
export function decideUndo(state: StageState, command: Official, at: StageNow): readonly StageEvent[] | Refusal {
  const fault = decideOfficial(new Work(state, at), command);
  if (fault) return fault;
  const checkpoint = state.history.at(-1);
  if (!checkpoint || command.act.type !== 'undo') return refuse('live.stage.nothing-to-undo');
  const { play } = state;
  const byMs = Math.max(0, (state.desk.pausedAt ?? at.now) - checkpoint.at);
  const { clock, buzz } = checkpoint.play;
  const text = `撤销：${checkpoint.label}`;
  const event: StageEvent = {
    type: 'undone',
    cause: causeOf(state, command),
    at: at.now,
    reason: command.act.reason,
    play: {
      step: play.step + 1,
      items: play.items,
      clock: shiftedClock(clock, byMs),
      // A new number, so that a press on its way to the step taken back is not taken for one of this.
      buzz: { ...evolveBuzz(buzz, { type: 'buzz-shifted', buzz: buzz.buzz, byMs }), buzz: play.buzz.buzz + 1 },
      cue: { n: (play.cue?.n ?? 0) + 1, type: 'undone', team: null, points: null, text },
    },
  };
  return [event, ...newsOf(state, afterUndo(state, event))];
}
