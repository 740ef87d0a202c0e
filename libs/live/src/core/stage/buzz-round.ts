import type { StageRound } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { decideBuzz, defaultBuzzRules, evolveBuzz, nextBuzzDeadline } from '../buzzer/index.js';
import type { BuzzCommand, BuzzEvent, BuzzPress, BuzzRules, BuzzScope } from '../buzzer/index.js';
import { closeItem, kept } from './judging.js';
import type { StagePlay } from './stage-state.js';
import { signed } from './work.js';
import type { Work } from './work.js';

/** The buzzer's rules as a round of the sheet sets them. */
export function buzzRulesOf(round: StageRound): BuzzRules {
  const { openMs, fouls, foulPoints } = round.buzz!;
  const startWithinMs = round.again && round.answer !== 'buzz' ? round.again.openMs : openMs;
  const foul = { policy: fouls, penalty: -foulPoints, repeatPenalty: -foulPoints * 2 };
  return { ...defaultBuzzRules, startWithinMs, foul };
}

/** Teams that may still press for the question on show. */
export function pressersOf(work: Work): number[] {
  const { turn, teams, item } = work.play;
  const isRest = item?.again === true;
  const from = isRest ? teams.map(({ team }) => team) : (turn?.floor ?? []);
  return from.filter((team) => !work.team(team).out && !item?.tried.includes(team));
}

/** From now on a press is early. A round that barred everybody leaves the question to nobody. */
export function armBuzz(work: Work, scope: BuzzScope): void {
  const teams = pressersOf(work).map(String);
  if (isRefusal(buzz(work, { type: 'arm', scope, teams }))) closeItem(work);
}

/** Lets the buzzer decide, and draws the consequences of what it decided. */
export function buzz(work: Work, command: BuzzCommand): Refusal | null {
  const decided = decideBuzz(work.play.buzz, command, work.now, buzzRulesOf(work.round));
  if (isRefusal(decided)) return decided;
  for (const event of decided) {
    work.set({ buzz: evolveBuzz(work.play.buzz, event) });
    follow(work, event);
  }
  return null;
}

export function press(work: Work, given: BuzzPress): Refusal | null {
  const { phase, item, buzz: state } = work.play;
  const isOn = item !== null && (phase === 'buzzing' || (phase === 'question' && state.phase === 'armed'));
  return isOn ? buzz(work, { type: 'press', buzz: state.buzz, press: given }) : refuse('live.buzz.closed', { buzz: state.buzz });
}

function follow(work: Work, event: BuzzEvent): void {
  switch (event.type) {
    case 'buzz-opened':
      return void work.enter('buzzing', { kind: 'buzz', from: event.openAt, until: event.closeAt });
    case 'buzz-fouled':
      return fouled(work, Number(event.team), event.outcome.points);
    case 'buzz-decided':
      if (event.tooClose) return void work.cue('too-close', null, null, '抢答时间过近，请裁定');
      return takeFloor(work, Number(event.winner));
    case 'buzz-settled':
      return event.winner === null ? nobody(work) : takeFloor(work, Number(event.winner));
    case 'buzz-silent':
      return nobody(work);
    case 'buzz-voided':
      work.setItem({ voided: 'gone' });
      return closeItem(work);
    case 'buzz-armed':
    case 'buzz-pressed':
    case 'buzz-shifted':
      return;
  }
}

function fouled(work: Work, team: number, points: number): void {
  if (points !== 0) work.score({ team, points, reason: 'foul' });
  work.cue('foul', team, points, `${work.name(team)} 抢答犯规${points === 0 ? '' : ` ${signed(points)}`}`);
}

function nobody(work: Work): void {
  work.cue('nobody', null, null, '无人抢答');
  closeItem(work);
}

function takeFloor(work: Work, team: number): void {
  const { startMs } = work.round.buzz!;
  work.cue('buzz', team, null, `${work.name(team)} 抢到`);
  work
    .setItem({ active: [team], begun: false, drafts: [...kept(work.item, [team]), { team, choice: null, finished: false }] })
    .enter('answering', { kind: 'start', from: work.now, until: work.now + startMs });
  if (work.round.answer !== 'buzz') return;
  work.setTeam(team, { asked: work.team(team).asked + 1 });
}

/** When the buzzer moves by itself. */
export function buzzDeadline(play: StagePlay, round: StageRound): number | null {
  return round.buzz ? nextBuzzDeadline(play.buzz, buzzRulesOf(round)) : null;
}
