import type { MySession } from '../../api/session.js';

/** Where a member stands with a session, as one word of the interface. */
export type Standing = 'due' | 'present' | 'leave' | 'made-up' | 'absent' | 'exempt' | 'observer' | 'cancelled';

export function standingOf({ state, mine }: Pick<MySession, 'state' | 'mine'>): Standing {
  if (state === 'cancelled') return 'cancelled';
  if (mine.status === 'present') return 'present';
  if (mine.madeUpAt !== null) return 'made-up';
  if (mine.group === 'exempt') return 'exempt';
  if (mine.status === 'leave' || mine.leaveState === 'approved') return 'leave';
  if (mine.status === 'absent') return 'absent';
  return mine.group === 'guest' ? 'observer' : 'due';
}

/** Whether the check-in form shows; the server decides by its own clock. */
export function canCheckIn(session: MySession, now: number): boolean {
  const { state, mine, checkInOpensAt, checkInClosesAt } = session;
  return state === 'published' && mine.status !== 'present' && now >= checkInOpensAt && now <= checkInClosesAt;
}

/** Leave may be asked for until the planned end, by those who are due and have neither come nor been excused. */
export function canAskLeave({ state, mine, plannedEndAt }: MySession, now: number): boolean {
  const isOpen = state === 'published' && now <= plannedEndAt && mine.group === 'due' && mine.status !== 'present';
  return isOpen && (mine.leaveState === 'none' || mine.leaveState === 'declined');
}

/** What is still to come, soonest first. */
export function comingSessions(sessions: readonly MySession[], now: number): MySession[] {
  return sessions
    .filter(({ state, plannedEndAt }) => state === 'published' && plannedEndAt >= now)
    .sort((a, b) => a.plannedStartAt - b.plannedStartAt);
}
