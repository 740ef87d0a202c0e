import type { StageAudienceMe, StageTeamMe } from '@xuekao/contracts';
import { choosingOf } from './choosing.js';
import { helpsLeft } from './helps.js';
import { looking } from './next-step.js';
import type { StageEvent } from './stage-events.js';
import { teamOfMember } from './stage-state.js';
import type { AudienceSeat, StageState } from './stage-state.js';

/** What a contestant may do now; null for one who is on no team. */
export function meOfMember(state: StageState, memberId: string): StageTeamMe | null {
  const team = teamOfMember(state, memberId);
  const member = state.play.teams[(team ?? 0) - 1]?.members.find((one) => one.memberId === memberId);
  if (team === null || !member) return null;
  const { phase, item, buzz } = state.play;
  const plays = member.role !== 'substitute' && state.desk.pausedAt === null;
  const draft = item?.drafts.find((one) => one.team === team);
  const isActive = phase === 'answering' && item?.active.includes(team) === true;
  const presses = (phase === 'question' && buzz.phase === 'armed') || phase === 'buzzing';
  const hasPressed = buzz.presses.some((one) => one.team === String(team));
  const isOpen = ['armed', 'open', 'deciding'].includes(buzz.phase);
  const choosing = phase === 'choosing' ? choosingOf(looking(state)) : null;
  const mayHelp = plays && (isActive || (phase === 'question' && state.play.turn?.floor[0] === team));
  return {
    as: 'team',
    team,
    name: member.name,
    role: member.role,
    mayAnswer: plays && isActive && draft?.finished === false && item?.person === null,
    mayBuzz: plays && presses && isOpen && !hasPressed && buzz.teams.includes(String(team)),
    mayChoose: plays && choosing?.by.includes(team) === true,
    helps: mayHelp ? helpsLeft(state, team).flatMap(({ kind, left }) => (left > 0 ? [kind] : [])) : [],
    draft: draft?.choice ?? null,
    finished: draft?.finished ?? false,
  };
}

export function meOfSeat(state: StageState, { seat, name, choice, correct, right }: AudienceSeat): StageAudienceMe {
  const { phase, item, turn } = state.play;
  const isRevealed = phase === 'revealed' || (phase !== 'audience' && phase !== 'judged');
  const isPicked = item?.person === seat;
  const answers = phase === 'audience' ? choice === null : isPicked && phase === 'answering';
  return {
    as: 'audience',
    seat,
    name,
    mayAnswer: answers && state.desk.pausedAt === null,
    choice,
    correct: isRevealed ? correct : null,
    right: isRevealed ? right : right - Number(correct === true),
    pickedBy: isPicked ? (turn?.floor[0] ?? null) : null,
  };
}

export function meOf(state: StageState, memberId: string): StageTeamMe | StageAudienceMe | null {
  const seat = state.audience[(state.audienceOf.get(memberId) ?? 0) - 1];
  return meOfMember(state, memberId) ?? (seat ? meOfSeat(state, seat) : null);
}

export function* stagePersonal(
  state: StageState,
  event: StageEvent,
): Iterable<readonly [string, { readonly type: 'me'; readonly me: StageTeamMe | StageAudienceMe }]> {
  if (event.type !== 'told') return;
  const members = state.play.teams.filter(({ team }) => event.teams.includes(team)).flatMap((team) => team.members);
  for (const { memberId } of members) {
    const me = state.signedIn.includes(memberId) ? meOfMember(state, memberId) : null;
    if (me) yield [memberId, { type: 'me', me }];
  }
  for (const one of state.audience) {
    const isMeant = event.seats.includes(one.seat) || (event.answered && one.choice !== null);
    if (isMeant) yield [one.memberId, { type: 'me', me: meOfSeat(state, one) }];
  }
}
