import type { StageChoosing } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { freeQuestions, showQuestion } from './flow.js';
import { trappersOf } from './ledger.js';
import type { Work } from './work.js';

/** What may be chosen now; null outside of choosing. */
export function choosingOf(work: Work): StageChoosing | null {
  const { phase, turn } = work.play;
  if (phase !== 'choosing' || !turn) return null;
  const { round } = work;
  const [floor = 0] = turn.floor;
  if (round.staking === 'choice') {
    const perStake = round.pools === 'per-stake';
    const ownPile = round.pools === 'per-team' ? (work.play.sets[floor - 1] ?? floor) - 1 : 0;
    const stakes = round.stakes.map((stake, index) => {
      return { index, stake, free: freeQuestions(work, perStake ? index : ownPile).length > 0 };
    });
    return { what: 'stake', by: turn.floor, stakes, questions: [] };
  }
  if (round.speaker === 'audience-pick') return { what: 'person', by: turn.floor, stakes: [], questions: [] };
  const by = round.pick === 'trap' ? trappersOf(work.state, round, floor) : turn.floor;
  return { what: 'question', by, stakes: [], questions: freeQuestions(work, 0).map((index) => index + 1) };
}

/** Index of a stake, number of a question, or seat of an audience member. */
export function choose(work: Work, choice: number): Refusal | null {
  const choosing = choosingOf(work);
  if (!choosing) return work.notNow();
  switch (choosing.what) {
    case 'stake':
      if (!choosing.stakes[choice]?.free) return refuse('live.stage.no-such-choice', { choice });
      showQuestion(work, { stake: choice });
      return null;
    case 'question':
      if (!choosing.questions.includes(choice)) return refuse('live.stage.no-such-choice', { choice });
      showQuestion(work, { index: choice - 1 });
      return null;
    case 'person':
      if (!work.base.audience[choice - 1]) return refuse('live.stage.no-such-choice', { choice });
      showQuestion(work, { person: choice });
      return null;
  }
}
