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

const marks: ReadonlySet<SessionEvent['type']> = new Set([
  'MemberPresent',
  'MemberOnLeave',
  'MemberAbsent',
  'MarkRemoved',
]);

/** One event for all the marks that an organiser set at once; members' own check-ins are not told. */
export function marksEventOf(events: readonly SessionEvent[], { head }: Session): NewEvent | null {
  const marked = events.filter((event) => marks.has(event.type) && !('source' in event && event.source === 'code'));
  if (marked.length === 0) return null;
  const about = { subjectType: 'session', subjectId: head.id, unitId: head.ownerUnitId };
  return { ...about, type: 'session.attendance.marked', payload: { title: head.title, people: marked.length } };
}

/** What the outbox tells of a core event; null for marks, which {@link marksEventOf} sums up, and for guests. */
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
      return null;
    case 'RecordWritten':
      return { ...about, type: 'session.record.written', payload: { title: head.title } };
    case 'RecordSigned':
      return { ...about, type: 'session.record.signed', payload: { title: head.title, as: event.as } };
    default:
      return assertNever(event);
  }
}
