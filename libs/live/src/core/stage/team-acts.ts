import type { QuizChoice, StageTeamAct } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { parseChoice } from '../grading.js';
import { choose, choosingOf } from './choosing.js';
import { useHelp } from './helps.js';
import { begin, closeAnswering } from './judging.js';
import { graceMs, questionOf, roundOf } from './stage-state.js';
import type { StageMember, StageState } from './stage-state.js';
import type { Work } from './work.js';

/** What a member does for his team. */
export function decideTeam(work: Work, team: number, memberId: string, act: StageTeamAct): Refusal | null {
  if (work.desk.pausedAt !== null) return refuse('live.room.paused');
  const member = work.team(team).members.find((one) => one.memberId === memberId);
  if (member?.role === 'substitute') return refuse('live.stage.substitute');
  switch (act.type) {
    case 'answer':
      return draft(work, team, memberId, act);
    case 'finish':
      return isOnShow(work, act.item) ?? finishDraft(work, team);
    case 'choose':
      if (!choosingOf(work)?.by.includes(team)) return work.notNow();
      return choose(work, act.choice);
    case 'help':
      return isOnShow(work, act.item) ?? useHelp(work, team, act.help);
    default:
      return assertNever(act);
  }
}

function isOnShow(work: Work, item: number): Refusal | null {
  return work.play.item?.item === item ? null : refuse('live.answer.closed', { number: item });
}

function draft(
  work: Work,
  team: number,
  memberId: string,
  act: Extract<StageTeamAct, { type: 'answer' }>,
): Refusal | null {
  const { phase, item } = work.play;
  const closed = refuse('live.answer.closed', { number: act.item });
  if (!item || item.item !== act.item || phase !== 'answering' || item.person !== null) return closed;
  const own = item.drafts.find((one) => one.team === team);
  if (!own || !item.active.includes(team)) return refuse('live.stage.not-your-turn');
  const speaker = speakerOf(work.state, team);
  // A team may share one device; who has signed in with his own is held to it.
  if (speaker && speaker.memberId !== memberId && work.base.signedIn.includes(speaker.memberId)) {
    return refuse('live.stage.not-speaker', { name: speaker.name });
  }
  return enterDraft(work, team, act.choice) ?? null;
}

export function enterDraft(work: Work, team: number, given: QuizChoice): Refusal | null {
  const { item } = work;
  const { clock } = work.play;
  const own = item.drafts.find((one) => one.team === team);
  if (own?.finished || (clock && work.now > clock.until + graceMs)) {
    return refuse('live.answer.closed', { number: item.item });
  }
  const question = questionOf(work.state);
  const choice = question && parseChoice(question, given);
  if (!choice) return refuse('live.answer.invalid', { type: question?.type ?? '' });
  if (clock?.kind === 'start') begin(work);
  work.setItem({ drafts: item.drafts.map((one) => (one.team === team ? { ...one, choice } : one)) });
  return null;
}

/** 回答完毕. When all who may answer have finished, the question closes. */
export function finishDraft(work: Work, team: number): Refusal | null {
  const { phase, item } = work.play;
  if (!item || phase !== 'answering') return work.notNow();
  const own = item.drafts.find((one) => one.team === team);
  if (!own || !item.active.includes(team)) return refuse('live.stage.not-your-turn');
  if (own.finished) return null;
  const drafts = item.drafts.map((one) => (one.team === team ? { ...one, finished: true } : one));
  work.setItem({ drafts });
  const isLast = item.active.every((one) => drafts.find((other) => other.team === one)?.finished);
  if (isLast) closeAnswering(work);
  return null;
}

/** Who of the team must answer the question on show; null for any. */
export function speakerOf(state: StageState, team: number): StageMember | null {
  const round = roundOf(state);
  const one = state.play.teams[team - 1];
  if (!round || !one) return null;
  const playing = one.members.filter(({ role }) => role !== 'substitute');
  const captain = playing.find(({ role }) => role === 'captain') ?? null;
  switch (round.speaker) {
    case 'in-turn':
      return playing[(Math.max(1, one.asked) - 1) % Math.max(1, playing.length)] ?? null;
    case 'captain':
      return captain;
    case 'captain-first':
      return one.asked <= 1 ? captain : null;
    case 'any':
    case 'audience-pick':
      return null;
  }
}
