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

export function meOfSeat(state: StageState, { seat, name, rightIn, ...given }: AudienceSeat): StageAudienceMe {
  const { phase, item, turn } = state.play;
  const isRevealed = phase === 'revealed';
  const isPicked = item?.person === seat;
  const isOfItem = item !== null && given.item === item.item;
  const answers = phase === 'audience' ? !isOfItem : isPicked && phase === 'answering';
  const before = rightIn.filter((one) => one !== item?.item).length;
  return {
    as: 'audience',
    seat,
    name,
    mayAnswer: answers && state.desk.pausedAt === null,
    item: isOfItem ? given.item : null,
    choice: isOfItem ? given.choice : null,
    correct: isOfItem && isRevealed ? given.correct : null,
    right: isRevealed ? rightIn.length : before,
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
    const hasAnswered = one.item !== null && one.item === state.play.item?.item;
    const isMeant = event.seats.includes(one.seat) || (event.answered && hasAnswered);
    if (isMeant) yield [one.memberId, { type: 'me', me: meOfSeat(state, one) }];
  }
}
