import { assertNever } from '@xuekao/kernel';
import type { NewEvent } from '@xuekao/platform';
import { attendanceCounts } from './core/index.js';
import type { AttendanceCounts, Session, SessionEvent, SessionHead } from './core/index.js';

/** Payload of every `session.*` event of a whole session. */
export interface SessionEventPayload {
  readonly title: string;
  readonly ownerUnitId: string;
  readonly plannedStartAt: number;
  readonly plannedEndAt: number;
  readonly place: string;
  readonly onlineLink: string | null;
}

/** Payload of `session.published` and `session.cancelled`: whom to tell. */
export interface SessionAudiencePayload extends SessionEventPayload {
  readonly memberIds: readonly string[];
}

/** Payload of `session.closed` and `session.archived`. */
export interface SessionCountsPayload extends SessionEventPayload {
  readonly counts: AttendanceCounts;
}

/** Payload of the events about one person on the roster. */
export interface SessionMemberPayload {
  readonly title: string;
  readonly memberId: string;
}

function summary(head: SessionHead): SessionEventPayload {
  const { title, ownerUnitId, plannedStartAt, plannedEndAt, place, onlineLink } = head;
  return { title, ownerUnitId, plannedStartAt, plannedEndAt, place, onlineLink };
}

/** What the outbox tells of a core event; null for what is too small to tell (a check-in, a mark). */
export function outboxEventOf(event: SessionEvent, after: Session): NewEvent | null {
  const { head } = after;
  const about = { subjectType: 'session', subjectId: head.id, unitId: head.ownerUnitId };
  const memberIds = after.attendance.map((row) => row.memberId);
  const ofMember = (memberId: string): SessionMemberPayload => ({ title: head.title, memberId });
  switch (event.type) {
    case 'SessionPublished':
      return { ...about, type: 'session.published', payload: { ...summary(head), memberIds } };
    case 'SessionCancelled':
      return { ...about, type: 'session.cancelled', payload: { ...summary(head), memberIds }, reason: event.reason };
    case 'SessionClosed':
    case 'SessionArchived': {
      const counts = attendanceCounts(after.attendance, after.guests);
      const type = event.type === 'SessionClosed' ? 'session.closed' : 'session.archived';
      return { ...about, type, payload: { ...summary(head), counts } };
    }
    case 'PlanRevised':
      return head.state === 'published'
        ? { ...about, type: 'session.plan.revised', payload: { ...summary(head), memberIds } }
        : null;
    case 'RosterAmended':
      return { ...about, type: 'session.roster.changed', payload: ofMember(event.memberId), reason: event.reason };
    case 'MemberEnrolled':
      return {
        ...about,
        type: 'session.roster.changed',
        payload: ofMember(event.entry.memberId),
        reason: event.reason,
      };
    case 'LeaveRequested':
      return { ...about, type: 'session.leave.requested', payload: ofMember(event.memberId) };
    case 'LeaveGranted':
    case 'LeaveDeclined': {
      const isGranted = event.type === 'LeaveGranted';
      return { ...about, type: 'session.leave.decided', payload: { ...ofMember(event.memberId), isGranted } };
    }
    case 'StudyMadeUp':
      return { ...about, type: 'session.study.made-up', payload: ofMember(event.memberId) };
    case 'HoursAdjusted': {
      const { itemId, hours, reason } = event;
      return { ...about, type: 'session.hours.adjusted', payload: { title: head.title, itemId, hours }, reason };
    }
    case 'ErratumAppended':
      return {
        ...about,
        type: 'session.erratum.appended',
        payload: { title: head.title, number: event.erratum.number },
      };
    case 'MemberPresent':
    case 'MemberOnLeave':
    case 'MemberAbsent':
    case 'MarkRemoved':
    case 'GuestAdmitted':
    case 'RecordWritten':
    case 'RecordSigned':
      return null;
    default:
      return assertNever(event);
  }
}
