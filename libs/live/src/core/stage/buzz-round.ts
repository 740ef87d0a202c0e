import type { StageRound } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { decideBuzz, evolveBuzz, nextBuzzDeadline } from '../buzzer/index.js';
import type { BuzzCommand, BuzzEvent, BuzzPress } from '../buzzer/index.js';
import { buzzRulesOf } from './arming.js';
import { closeItem, kept } from './judging.js';
import type { StagePlay } from './stage-state.js';
import { signed } from './work.js';
import type { Work } from './work.js';

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

export function press(work: Work, number: number, given: BuzzPress): Refusal | null {
  const { phase, item, buzz: state } = work.play;
  const isOn = item !== null && (phase === 'buzzing' || (phase === 'question' && state.phase === 'armed'));
  return isOn
    ? buzz(work, { type: 'press', buzz: number, press: given })
    : refuse('live.buzz.closed', { buzz: number });
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
    .setItem({
      active: [team],
      begun: false,
      drafts: [...kept(work.item, [team]), { team, choice: null, finished: false }],
    })
    .enter('answering', { kind: 'start', from: work.now, until: work.now + startMs });
  if (work.round.answer !== 'buzz') return;
  work.setTeam(team, { asked: work.team(team).asked + 1 });
}

/** When the buzzer moves by itself. */
export function buzzDeadline(play: StagePlay, round: StageRound): number | null {
  return round.buzz ? nextBuzzDeadline(play.buzz, buzzRulesOf(round)) : null;
}
