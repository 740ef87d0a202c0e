import type { Refusal } from '@xuekao/kernel';
import { assertNever, isRefusal, refuse } from '@xuekao/kernel';
import type { Decision, Mark, SessionCommandOf, SessionEvent } from './commands.js';
import type { Attendance, Session } from './session.js';

function rowOf(session: Session, memberId: string): Attendance | Refusal {
  return (
    session.attendance.find((row) => row.memberId === memberId) ??
    refuse('session.not-on-roster', { sessionId: session.head.id, memberId })
  );
}

/** A second check-in changes nothing and is not refused: the first time stands. */
export function decideCheckIn(session: Session, command: SessionCommandOf<'check-in'>): Decision {
  const { head } = session;
  const row = rowOf(session, command.memberId);
  if (isRefusal(row)) return row;
  if (row.status === 'present') return [];
  const { checkInOpensAt, checkInClosesAt } = head;
  if (command.at < checkInOpensAt || command.at > checkInClosesAt) {
    return refuse('session.check-in.closed', { sessionId: head.id, checkInOpensAt, checkInClosesAt });
  }
  if (!command.isCodeRight) return refuse('session.check-in.wrong-code', { sessionId: head.id });
  return [{ type: 'MemberPresent', memberId: command.memberId, source: 'code', at: command.at }];
}

function eventOf(mark: Mark, row: Attendance, at: number): readonly SessionEvent[] {
  const { memberId } = mark;
  switch (mark.status) {
    case 'present':
      return row.status === 'present' ? [] : [{ type: 'MemberPresent', memberId, source: 'organiser', at }];
    case 'leave':
      return [{ type: 'MemberOnLeave', memberId, reason: mark.reason, note: mark.note, at }];
    case 'absent':
      return [{ type: 'MemberAbsent', memberId, reason: mark.reason, note: mark.note, at }];
    case 'unmarked':
      return [{ type: 'MarkRemoved', memberId }];
    default:
      return assertNever(mark);
  }
}

/** All marks or none. After closing, a mark may be corrected but not taken away. */
export function decideMarks(session: Session, command: SessionCommandOf<'mark'>): Decision {
  const events: SessionEvent[] = [];
  for (const mark of command.marks) {
    const row = rowOf(session, mark.memberId);
    if (isRefusal(row)) return row;
    const losesMark = mark.status === 'unmarked' || (mark.status === 'absent' && mark.reason === null);
    if (losesMark && session.head.state === 'closed') {
      return refuse('session.reason-required', { sessionId: session.head.id, memberId: mark.memberId });
    }
    events.push(...eventOf(mark, row, command.at));
  }
  return events;
}

/** Asked for until the session's planned end; a granted request stands. */
export function decideLeaveRequest(session: Session, command: SessionCommandOf<'request-leave'>): Decision {
  const row = rowOf(session, command.memberId);
  if (isRefusal(row)) return row;
  const { id, plannedEndAt } = session.head;
  if (command.at > plannedEndAt || row.status === 'present' || row.leaveState === 'approved') {
    return refuse('session.leave.closed', { sessionId: id, status: row.status, plannedEndAt });
  }
  if (command.reason === 'other' && !command.note?.trim()) return refuse('session.reason-required', { sessionId: id });
  return [{ type: 'LeaveRequested', memberId: command.memberId, reason: command.reason, note: command.note }];
}

export function decideLeave(session: Session, command: SessionCommandOf<'decide-leave'>): Decision {
  const { memberId, isGranted, at } = command;
  const row = rowOf(session, memberId);
  if (isRefusal(row)) return row;
  if (row.leaveState !== 'requested') {
    return refuse('session.leave.not-requested', { sessionId: session.head.id, memberId, leaveState: row.leaveState });
  }
  return [isGranted ? { type: 'LeaveGranted', memberId, at } : { type: 'LeaveDeclined', memberId }];
}

/** 补学 is for people of the roster who were not present; once recorded it stands. Source: domain.md §2.4. */
export function decideMakeUp(session: Session, command: SessionCommandOf<'make-up'>): Decision {
  const row = rowOf(session, command.memberId);
  if (isRefusal(row)) return row;
  if (row.status === 'present') {
    return refuse('session.make-up.was-present', { sessionId: session.head.id, memberId: command.memberId });
  }
  if (row.madeUpAt !== null) return [];
  return [{ type: 'StudyMadeUp', memberId: command.memberId, note: command.note, at: command.at }];
}

/** Later edits of a frozen roster need a reason, and are published as events. */
export function decideRosterChange(session: Session, command: SessionCommandOf<'amend-roster'>): Decision {
  const row = rowOf(session, command.memberId);
  if (isRefusal(row)) return row;
  const { memberId, exemption, reason } = command;
  if (!reason.trim()) return refuse('session.reason-required', { sessionId: session.head.id, memberId });
  if (row.group === 'guest') return refuse('session.guest-never-due', { sessionId: session.head.id, memberId });
  return [{ type: 'RosterAmended', memberId, exemption, reason }];
}

export function decideEnrolment(session: Session, command: SessionCommandOf<'enrol'>): Decision {
  const { entry, reason } = command;
  const facts = { sessionId: session.head.id, memberId: entry.memberId };
  if (!reason.trim()) return refuse('session.reason-required', facts);
  if (!isRefusal(rowOf(session, entry.memberId))) return refuse('session.already-on-roster', facts);
  return [{ type: 'MemberEnrolled', entry, reason }];
}
