import type { StageMay, StagePhase, StageRound } from '@xuekao/contracts';
import { helpFault } from './helps.js';
import { looking } from './next-step.js';
import { roundOf } from './stage-state.js';
import type { StagePlay, StageState } from './stage-state.js';

const quiet: readonly StagePhase[] = ['lobby', 'intro', 'choosing', 'judged', 'revealed', 'standings', 'podium'];

/** No question is under way, so that a round may begin. */
export const isQuiet = (phase: StagePhase): boolean => quiet.includes(phase);

/** A round can be played again only while one of its piles has a question left. */
export function hasQuestions({ setup, play }: StageState, { id }: StageRound): boolean {
  const piles = (setup?.piles ?? []).filter(({ round }) => round === id);
  return piles.some(({ pile, questions }) => questions.length > (play.used[`${id}/${pile}`]?.length ?? 0));
}

export function mayVoid({ item, turn, phase }: StagePlay): boolean {
  return item !== null && turn !== null && item.voided === null && phase !== 'revealed';
}

export function mayOf(state: StageState): StageMay {
  const { play, setup } = state;
  const sheetRounds = setup?.sheet.rounds ?? [];
  const rounds = isQuiet(play.phase)
    ? [...sheetRounds.keys()].filter((at) => hasQuestions(state, sheetRounds[at]!))
    : [];
  const { phase, decision } = play.buzz;
  const award = play.phase === 'buzzing' && phase === 'decided' && decision?.tooClose === true;
  return { rounds, helps: helpsOf(state), void: mayVoid(play), award };
}

function helpsOf(state: StageState): StageMay['helps'] {
  const { item, turn } = state.play;
  const kinds = roundOf(state)?.helps ?? [];
  if (!item || !turn || kinds.length === 0) return [];
  const work = looking(state);
  return turn.floor.flatMap((team) =>
    kinds.filter(({ kind }) => helpFault(work, team, kind) === null).map(({ kind }) => ({ team, help: kind })),
  );
}
