import type { SessionState } from '@xuekao/contracts';
import { recordFields, sessionCommands, sessionStates } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Decision, SessionCommand, SessionCommandOf } from './commands.js';
import {
  decideCheckIn,
  decideEnrolment,
  decideLeave,
  decideLeaveRequest,
  decideMakeUp,
  decideMarks,
  decideRosterChange,
} from './decide-attendance.js';
import { isPossibleVote } from './attendance.js';
import { hoursOf } from './hours.js';
import { missingRecordFields, missingSignatures, undecidedMembers, unexplainedAbsences } from './record.js';
import type { Session } from './session.js';

/** Which states a command is for; anything else is refused with 'session.state' and both states. */
const allowedStates: Readonly<Record<SessionCommand['type'], readonly SessionState[]>> = {
  revise: ['draft', 'published'],
  publish: ['draft'],
  'amend-roster': ['published', 'closed'],
  enrol: ['published', 'closed'],
  'check-in': ['published'],
  mark: ['published', 'closed'],
  'request-leave': ['published'],
  'decide-leave': ['published', 'closed'],
  'admit-guest': ['published', 'closed'],
  'make-up': ['closed', 'archived'],
  'write-record': ['published', 'closed'],
  close: ['published'],
  'adjust-hours': ['closed'],
  sign: ['closed'],
  archive: ['closed'],
  cancel: ['draft', 'published'],
  'append-erratum': ['archived'],
};

/**
 * What happens when a command meets a session, or why not. States go draft → published → closed → archived; a session is
 * cancelled only before it is closed; an archived one takes errata and make-up study alone. Source: domain.md §4.2.
 */
export function decideSession(session: Session, command: SessionCommand): Decision {
  const { state, id } = session.head;
  if (!allowedStates[command.type].includes(state)) {
    const names = { stateName: sessionStates[state], commandName: sessionCommands[command.type] };
    return refuse('session.state', { sessionId: id, state, command: command.type, ...names });
  }
  switch (command.type) {
    case 'revise':
      return decideRevision(session, command);
    case 'publish':
      return decidePublication(session, command);
    case 'amend-roster':
      return decideRosterChange(session, command);
    case 'enrol':
      return decideEnrolment(session, command);
    case 'check-in':
      return decideCheckIn(session, command);
    case 'mark':
      return decideMarks(session, command);
    case 'request-leave':
      return decideLeaveRequest(session, command);
    case 'decide-leave':
      return decideLeave(session, command);
    case 'admit-guest':
      return [{ type: 'GuestAdmitted', guest: command.guest }];
    case 'make-up':
      return decideMakeUp(session, command);
    case 'write-record':
      return decideRecord(session, command);
    case 'close':
      return decideClosing(session, command);
    case 'adjust-hours':
      return decideHours(session, command);
    case 'sign':
      return [{ type: 'RecordSigned', as: command.as, at: command.at }];
    case 'archive':
      return decideArchiving(session, command);
    case 'cancel':
      return isBlank(command.reason)
        ? refuse('session.reason-required', { sessionId: id })
        : [{ type: 'SessionCancelled', reason: command.reason, at: command.at }];
    case 'append-erratum':
      return decideErratum(session, command);
    default:
      return assertNever(command);
  }
}

const isBlank = (text: string): boolean => text.trim() === '';

function planProblem(session: Session): Refusal | null {
  const { head } = session;
  if (head.plannedEndAt <= head.plannedStartAt || head.checkInClosesAt <= head.checkInOpensAt) {
    return refuse('session.times', { plannedStartAt: head.plannedStartAt, plannedEndAt: head.plannedEndAt });
  }
  return null;
}

function decideRevision(session: Session, command: SessionCommandOf<'revise'>): Decision {
  const { head } = session;
  const { plan, items } = command;
  const movesRoster = plan.audience !== undefined || plan.ownerUnitId !== undefined;
  if (head.state === 'published' && movesRoster) return refuse('session.roster-frozen', { sessionId: head.id });
  const revised = { ...session, head: { ...head, ...plan } };
  return planProblem(revised) ?? [{ type: 'PlanRevised', plan, items }];
}

function decidePublication(session: Session, command: SessionCommandOf<'publish'>): Decision {
  const { head, items } = session;
  if (items.length === 0) return refuse('session.no-items', { sessionId: head.id });
  if (!command.roster.some((entry) => entry.group === 'due'))
    return refuse('session.no-roster', { sessionId: head.id });
  return planProblem(session) ?? [{ type: 'SessionPublished', roster: command.roster, on: command.on, at: command.at }];
}

function decideRecord(session: Session, command: SessionCommandOf<'write-record'>): Decision {
  const startedAt = command.startedAt ?? session.head.startedAt;
  const endedAt = command.endedAt ?? session.head.endedAt;
  if (startedAt !== null && endedAt !== null && endedAt <= startedAt) {
    return refuse('session.times', { startedAt, endedAt });
  }
  const { vote } = command.text;
  if (vote && !isPossibleVote(vote)) return refuse('session.vote', { ...vote });
  return [{ type: 'RecordWritten', text: command.text, startedAt, endedAt }];
}

function recordProblem(session: Session, withSignatures: 'signed' | 'unsigned'): Refusal | null {
  const signatures = withSignatures === 'signed' ? missingSignatures(session) : [];
  const missing = [...missingRecordFields(session), ...signatures];
  if (missing.length === 0) return null;
  return refuse('session.record.incomplete', {
    sessionId: session.head.id,
    missing,
    missingNames: missing.map((field) => recordFields[field]).join('、'),
    undecided: undecidedMembers(session.attendance).map((row) => row.name),
    unexplained: unexplainedAbsences(session.attendance).map((row) => row.name),
  });
}

function decideClosing(session: Session, command: SessionCommandOf<'close'>): Decision {
  const problem = recordProblem(session, 'unsigned');
  if (problem) return problem;
  const hours = session.items.map((item) => [item.id, hoursOf(command.table, item, command.on)] as const);
  return [{ type: 'SessionClosed', hours: Object.fromEntries(hours), at: command.at }];
}

function decideHours(session: Session, command: SessionCommandOf<'adjust-hours'>): Decision {
  const { itemId, hours, reason } = command;
  if (!session.items.some((item) => item.id === itemId)) return refuse('session.item-unknown', { itemId });
  if (isBlank(reason)) return refuse('session.reason-required', { sessionId: session.head.id });
  if (!Number.isSafeInteger(hours) || hours < 0) return refuse('session.hours', { hours });
  return [{ type: 'HoursAdjusted', itemId, hours, reason }];
}

function decideArchiving(session: Session, command: SessionCommandOf<'archive'>): Decision {
  return recordProblem(session, 'signed') ?? [{ type: 'SessionArchived', at: command.at }];
}

function decideErratum(session: Session, command: SessionCommandOf<'append-erratum'>): Decision {
  if (isBlank(command.text)) return refuse('session.reason-required', { sessionId: session.head.id });
  const number = session.errata.length + 1;
  const { text, writtenBy, at } = command;
  return [{ type: 'ErratumAppended', erratum: { number, text, writtenBy, writtenAt: at } }];
}
