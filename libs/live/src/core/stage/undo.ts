import type { StageReason } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { evolveBuzz } from '../buzzer/index.js';
import { causeOf } from './cause.js';
import { addProposal } from './changes.js';
import { partsOf } from './delta.js';
import { afterUndo } from './evolve-stage.js';
import { newsOf } from './news.js';
import { decideOfficial } from './official-acts.js';
import type { StageCommand, StageEvent } from './stage-events.js';
import { shiftedClock } from './stage-state.js';
import type { StageState } from './stage-state.js';
import { Work } from './work.js';
import type { StageNow } from './work.js';

const confirmed: readonly StageReason[] = ['override', 'adjust', 'discipline', 'void'];

type Official = Extract<StageCommand, { type: 'official' }>;

/** What two persons have changed is not taken back by one. */
export function needsSecond({ setup, history, ledger }: StageState): boolean {
  const checkpoint = history.at(-1);
  if (!checkpoint || setup?.sheet.judging.confirm !== 'two') return false;
  const lines = ledger.slice(checkpoint.lines).filter(({ undone }) => !undone);
  return lines.some(({ reason, points }) => reason === 'override' || (points !== 0 && confirmed.includes(reason)));
}

/** The step is taken back when somebody else confirms it. */
export function proposeUndo(work: Work, official: Official, reason: string): Refusal | null {
  const { at, lines, label } = work.base.history.at(-1)!;
  return addProposal(work, official, { type: 'undo', at, lines, reason }, `撤销：${label}`);
}

/** Why a step is taken back: by the one who does it, or who proposed it; null for any other act. */
function reasonOf({ desk }: StageState, act: Official['act']): string | null {
  if (act.type === 'undo') return act.reason;
  const proposal = act.type === 'confirm' ? desk.proposals.find(({ id }) => id === act.proposal) : undefined;
  return proposal?.act.type === 'undo' ? proposal.act.reason : null;
}

/** Whether the act takes a step back at once. */
export function isUndo(state: StageState, act: Official['act']): boolean {
  return reasonOf(state, act) !== null && !(act.type === 'undo' && needsSecond(state));
}

/** Takes the last step back: play and scores are as before it, its lines stay in the ledger struck out. Numbers of steps, questions and cues go on growing. */
export function decideUndo(state: StageState, command: Official, at: StageNow): readonly StageEvent[] | Refusal {
  const reason = reasonOf(state, command.act);
  const work = new Work(state, at);
  const fault = decideOfficial(work, command);
  if (fault) return fault;
  const checkpoint = state.history.at(-1);
  if (!checkpoint || reason === null) return refuse('live.stage.nothing-to-undo');
  const { play } = state;
  const byMs = Math.max(0, (state.desk.pausedAt ?? at.now) - checkpoint.at);
  const { clock, buzz } = checkpoint.play;
  const text = `撤销：${checkpoint.label}`;
  const event: StageEvent = {
    type: 'undone',
    cause: causeOf(state, command),
    at: at.now,
    reason,
    play: {
      step: play.step + 1,
      items: play.items,
      clock: shiftedClock(clock, byMs),
      // A new number, so that a press on its way to the step taken back is not taken for one of this.
      buzz: { ...evolveBuzz(buzz, { type: 'buzz-shifted', buzz: buzz.buzz, byMs }), buzz: play.buzz.buzz + 1 },
      cue: { n: (play.cue?.n ?? 0) + 1, type: 'undone', team: null, points: null, text },
    },
    desk: partsOf(state.desk, work.desk),
  };
  return [event, ...newsOf(state, afterUndo(state, event))];
}
