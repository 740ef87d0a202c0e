import type { StageRound } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { decideBuzz, defaultBuzzRules, evolveBuzz } from '../buzzer/index.js';
import type { BuzzRules, BuzzScope } from '../buzzer/index.js';
import type { Work } from './work.js';

/** The buzzer's rules as a round of the sheet sets them. */
export function buzzRulesOf(round: StageRound): BuzzRules {
  const { openMs, fouls, foulPoints, creditMostMs = defaultBuzzRules.creditMostMs } = round.buzz!;
  const startWithinMs = round.again && round.answer !== 'buzz' ? round.again.openMs : openMs;
  const foul = { policy: fouls, penalty: -foulPoints, repeatPenalty: -foulPoints * 2 };
  return { ...defaultBuzzRules, creditMostMs, startWithinMs, foul };
}

/** Teams that may still press for the question on show. */
export function pressersOf(work: Work): number[] {
  const { turn, teams, item } = work.play;
  const isRest = item?.again === true;
  const from = isRest ? teams.map(({ team }) => team) : (turn?.floor ?? []);
  return from.filter((team) => !work.team(team).out && !item?.tried.includes(team));
}

/** From now on a press is early. Where everybody is barred nothing is armed, and the host closes the question. */
export function armBuzz(work: Work, scope: BuzzScope): void {
  const teams = pressersOf(work).map(String);
  work.set({ buzz: { ...work.play.buzz, phase: 'idle' } });
  const armed = decideBuzz(work.play.buzz, { type: 'arm', scope, teams }, work.now, buzzRulesOf(work.round));
  if (isRefusal(armed)) return;
  for (const event of armed) work.set({ buzz: evolveBuzz(work.play.buzz, event) });
}
