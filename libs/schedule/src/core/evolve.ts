import { membershipTypes } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { SessionEvent } from './commands.js';
import type { Attendance, Session, SessionHead, SessionItem } from './session.js';
import { unmarked } from './session.js';

type HeadEvent = Extract<
  SessionEvent,
  { type: 'SessionClosed' | 'SessionArchived' | 'SessionCancelled' | 'RecordWritten' | 'RecordSigned' }
>;
type MemberEvent = Extract<SessionEvent, { memberId: string }>;

const nothingMarked = {
  status: 'unmarked',
  source: null,
  markedAt: null,
  absenceReason: null,
  absenceNote: null,
} as const;

function evolveMember(row: Attendance, event: MemberEvent): Attendance {
  switch (event.type) {
    case 'MemberPresent':
      return { ...row, ...nothingMarked, status: 'present', source: event.source, markedAt: event.at };
    case 'MemberOnLeave': {
      const leave = { leaveState: 'approved', leaveReason: event.reason, leaveNote: event.note } as const;
      return { ...row, ...nothingMarked, ...leave, status: 'leave', source: 'organiser', markedAt: event.at };
    }
    case 'MemberAbsent': {
      const absence = { absenceReason: event.reason, absenceNote: event.note };
      return { ...row, ...nothingMarked, ...absence, status: 'absent', source: 'organiser', markedAt: event.at };
    }
    case 'MarkRemoved':
      return { ...row, ...nothingMarked };
    case 'LeaveRequested':
      return { ...row, leaveState: 'requested', leaveReason: event.reason, leaveNote: event.note };
    case 'LeaveGranted':
      return row.status === 'present'
        ? { ...row, leaveState: 'approved' }
        : {
            ...row,
            ...nothingMarked,
            leaveState: 'approved',
            status: 'leave',
            source: 'organiser',
            markedAt: event.at,
          };
    case 'LeaveDeclined':
      return { ...row, leaveState: 'declined' };
    case 'StudyMadeUp':
      return { ...row, madeUpAt: event.at, madeUpNote: event.note };
    case 'RosterAmended': {
      const votes = event.exemption === null && membershipTypes[row.membershipType].votes;
      return { ...row, exemption: event.exemption, group: event.exemption ? 'exempt' : 'due', votes };
    }
    default:
      return assertNever(event);
  }
}

function evolveHead(head: SessionHead, event: HeadEvent): SessionHead {
  switch (event.type) {
    case 'SessionClosed':
      return { ...head, state: 'closed', closedAt: event.at };
    case 'SessionArchived':
      return { ...head, state: 'archived', archivedAt: event.at };
    case 'SessionCancelled':
      return { ...head, state: 'cancelled', cancelledAt: event.at, cancelReason: event.reason };
    case 'RecordWritten': {
      const record = { ...head.record, ...event.text, hostSignedAt: null, recorderSignedAt: null };
      return { ...head, startedAt: event.startedAt, endedAt: event.endedAt, record };
    }
    case 'RecordSigned': {
      const signed = event.as === 'host' ? { hostSignedAt: event.at } : { recorderSignedAt: event.at };
      return { ...head, record: { ...head.record, ...signed } };
    }
    default:
      return assertNever(event);
  }
}

/** A record that changes after its sign-off has to be signed again. */
function unsigned(head: SessionHead): SessionHead {
  const { hostSignedAt, recorderSignedAt } = head.record;
  if (hostSignedAt === null && recorderSignedAt === null) return head;
  return { ...head, record: { ...head.record, hostSignedAt: null, recorderSignedAt: null } };
}

const withHours = (items: readonly SessionItem[], hours: Readonly<Record<string, number>>): readonly SessionItem[] =>
  items.map((item) => ({ ...item, hours: hours[item.id] ?? 0 }));

/** The session after an event; rows the event does not touch keep their identity. */
export function evolveSession(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'PlanRevised':
      return { ...session, head: { ...session.head, ...event.plan }, items: event.items ?? session.items };
    case 'SessionPublished': {
      const head = { ...session.head, state: 'published', rosterOn: event.on, publishedAt: event.at } as const;
      return { ...session, head, attendance: event.roster.map(unmarked) };
    }
    case 'MemberEnrolled':
      return { ...session, attendance: [...session.attendance, unmarked(event.entry)] };
    case 'GuestAdmitted':
      return { ...session, guests: [...session.guests, event.guest] };
    case 'SessionClosed':
      return { ...session, head: evolveHead(session.head, event), items: withHours(session.items, event.hours) };
    case 'SessionArchived':
    case 'SessionCancelled':
    case 'RecordWritten':
    case 'RecordSigned':
      return { ...session, head: evolveHead(session.head, event) };
    case 'HoursAdjusted': {
      const items = session.items.map((item) =>
        item.id === event.itemId ? { ...item, hours: event.hours, hoursReason: event.reason } : item,
      );
      return { ...session, items };
    }
    case 'ErratumAppended':
      return { ...session, errata: [...session.errata, event.erratum] };
    default: {
      const attendance = session.attendance.map((row) =>
        row.memberId === event.memberId ? evolveMember(row, event) : row,
      );
      const head = event.type === 'StudyMadeUp' ? session.head : unsigned(session.head);
      return { ...session, head, attendance };
    }
  }
}

export function evolveAll(session: Session, events: readonly SessionEvent[]): Session {
  return events.reduce(evolveSession, session);
}
