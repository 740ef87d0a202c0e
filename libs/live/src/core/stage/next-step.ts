import type { StageNext } from '@xuekao/contracts';
import { seededRng } from '@xuekao/kernel';
import { plainRules } from '../grading.js';
import { hasMore } from './flow.js';
import type { StageState } from './stage-state.js';
import { roundOf } from './stage-state.js';
import { Work } from './work.js';

/** A look at what would come; nothing of it is kept, so chance and clock do not matter. */
export function looking(state: StageState): Work {
  return new Work(state, { now: 0, rng: seededRng('look'), rules: plainRules });
}

/** What the big button does now; null where a choice or a verdict is awaited. */
export function nextOf(state: StageState): StageNext | null {
  const { phase, item, buzz, round } = state.play;
  if (!state.setup) return null;
  switch (phase) {
    case 'lobby':
      return 'intro';
    case 'intro':
      return 'show';
    case 'question':
      if (awaitsBuzz(state)) return buzz.phase === 'armed' ? 'open' : 'close';
      return roundOf(state)?.answer === 'audience' ? 'audience' : 'start';
    case 'buzzing':
      return buzz.phase === 'open' ? 'close' : null;
    case 'answering':
    case 'audience':
      return 'close';
    case 'judged':
      if (item?.voided) return moreOrBoard(state);
      return awaitsAudience(state) ? 'audience' : 'reveal';
    case 'revealed':
      return moreOrBoard(state);
    case 'standings':
      if (hasMore(looking(state))) return 'show';
      return (round?.index ?? -1) + 1 < state.setup.sheet.rounds.length ? 'intro' : 'podium';
    case 'podium':
      return 'end';
    case 'choosing':
    case 'judging':
    case 'ended':
      return null;
  }
}

const moreOrBoard = (state: StageState): StageNext => (hasMore(looking(state)) ? 'show' : 'standings');

function awaitsBuzz(state: StageState): boolean {
  const round = roundOf(state);
  const { item } = state.play;
  return item?.again ? round?.again?.kind !== 'opponent' : round?.answer === 'buzz';
}

/** Nobody was right, and the round then asks the audience. */
export function awaitsAudience(state: StageState): boolean {
  const { item } = state.play;
  if (!item || item.audienceAsked || item.voided !== null) return false;
  return roundOf(state)?.nobody === 'audience' && !item.results.some(({ verdict }) => verdict === 'right');
}
