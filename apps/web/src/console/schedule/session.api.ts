import type {
  AbsenceReason,
  AttendanceStatus,
  ExemptionReason,
  LeaveReason,
  LeaveState,
  MembershipType,
  Page,
  RecordField,
  RosterGroup,
  SessionLevel,
  SessionState,
  SessionType,
} from '@xuekao/contracts';
import { get, patch, post, put } from '../../api/http.js';
import type { TableQuery } from '../table/table-query.js';

export interface SessionItem {
  readonly id: string;
  readonly number: number;
  readonly type: SessionType;
  readonly title: string;
  readonly topics: readonly string[];
  readonly minutes: number;
  readonly halfDays: number | null;
  /** Hundredths; null until closed. */
  readonly hours: number | null;
  readonly hoursReason: string | null;
}

export interface Counts {
  readonly due: number;
  readonly present: number;
  readonly leave: number;
  readonly absent: number;
  readonly madeUp: number;
  readonly guests: number;
  readonly exempt: number;
}

export interface SessionLine {
  readonly id: string;
  readonly title: string;
  readonly state: SessionState;
  readonly ownerUnitId: string;
  readonly level: SessionLevel | null;
  readonly campaignTag: string | null;
  readonly studiesPartyBuilding: boolean;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly plannedStartAt: number;
  readonly plannedEndAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly items: readonly SessionItem[];
  readonly counts: Counts;
}

export interface Person {
  readonly memberId: string | null;
  readonly name: string;
}

export interface Speaker extends Person {
  readonly organisation: string | null;
  readonly post: string | null;
}

export interface People {
  readonly host?: Person | null;
  readonly recorder?: Person | null;
  readonly speaker?: Speaker | null;
  readonly oathLeader?: Person | null;
}

export interface Audience {
  readonly unitIds: readonly string[];
  readonly reach: 'subtree' | 'unit';
  readonly memberIds: readonly string[];
}

export interface AttendanceRow {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly membershipType: MembershipType;
  readonly group: RosterGroup;
  readonly exemption: ExemptionReason | null;
  readonly votes: boolean;
  readonly status: AttendanceStatus;
  readonly source: 'code' | 'organiser' | null;
  readonly markedAt: number | null;
  readonly leaveState: LeaveState;
  readonly leaveReason: LeaveReason | null;
  readonly leaveNote: string | null;
  readonly absenceReason: AbsenceReason | null;
  readonly absenceNote: string | null;
  readonly madeUpAt: number | null;
}

export interface Vote {
  readonly entitled: number;
  readonly inFavour: number;
  readonly against: number;
  readonly abstained: number;
}

export interface SessionRecord {
  readonly discussion: string;
  readonly resolution: string;
  readonly vote: Vote | null;
  readonly followUp: string;
  readonly hostSignedAt: number | null;
  readonly recorderSignedAt: number | null;
}

export interface SessionFile extends SessionLine {
  readonly version: number;
  readonly audience: Audience;
  readonly people: People;
  readonly agenda: string;
  readonly checkInOpensAt: number;
  readonly checkInClosesAt: number;
  readonly rosterOn: string | null;
  readonly publishedAt: number | null;
  readonly closedAt: number | null;
  readonly archivedAt: number | null;
  readonly cancelReason: string | null;
  readonly record: SessionRecord;
  readonly attendance: readonly AttendanceRow[];
  readonly guests: readonly { id: string; name: string; organisation: string | null }[];
  readonly errata: readonly { number: number; text: string; writtenBy: string; writtenAt: number }[];
  readonly voting: { entitled: number; present: number; hasQuorum: boolean; needed: number };
  readonly missing: readonly RecordField[];
}

export interface NewSession {
  readonly title: string;
  readonly ownerUnitId: string;
  readonly audience?: Audience;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly plannedStartAt: number;
  readonly plannedEndAt: number;
  readonly people: People;
  readonly agenda: string;
  readonly level: SessionLevel | null;
  readonly studiesPartyBuilding: boolean;
  readonly items: readonly { type: SessionType; title: string; topics: readonly string[]; minutes: number }[];
}

export interface Mark {
  readonly memberId: string;
  readonly status: AttendanceStatus;
  readonly leaveReason?: LeaveReason;
  readonly absenceReason?: AbsenceReason;
  readonly note?: string;
}

interface RosterAnswer {
  readonly entries: readonly { memberId: string; due: boolean }[];
}

export function loadSessions({ q, cursor, limit, filters }: TableQuery): Promise<Page<SessionLine>> {
  const { year, ...rest } = filters;
  const span = year ? { from: `${year}-01-01`, to: `${year}-12-31` } : {};
  return get('/sessions', { query: { q, cursor, limit, ...rest, ...span } });
}
export const loadMonth = (month: string, ownerUnitId: string | null): Promise<{ items: SessionLine[] }> =>
  get('/sessions/calendar', { query: { month, ownerUnitId } });
export const loadSession = (id: string): Promise<SessionFile> => get(`/sessions/${id}`);
export const createSession = (body: NewSession, idempotencyKey: string): Promise<SessionFile> =>
  post('/sessions', body, { idempotencyKey });
export const reviseSession = (id: string, version: number, body: NewSession): Promise<SessionFile> =>
  patch(`/sessions/${id}`, { ...body, version });
/** `publish`, `close` and `archive` take no body. */
export const moveSession = (id: string, step: 'publish' | 'close' | 'archive'): Promise<SessionFile> =>
  post(`/sessions/${id}/${step}`);
export const cancelSession = (id: string, reason: string): Promise<SessionFile> =>
  post(`/sessions/${id}/cancel`, { reason });
export const writeRecord = (id: string, body: object): Promise<SessionFile> => patch(`/sessions/${id}/record`, body);
export const signRecord = (id: string, as: 'host' | 'recorder'): Promise<SessionFile> =>
  post(`/sessions/${id}/signatures`, { as });
export const adjustHours = (id: string, itemId: string, hours: number, reason: string): Promise<SessionFile> =>
  patch(`/sessions/${id}/items/${itemId}/hours`, { hours, reason });
export const appendErratum = (id: string, text: string): Promise<SessionFile> =>
  post(`/sessions/${id}/errata`, { text });
export const markAttendance = (id: string, marks: readonly Mark[]): Promise<SessionFile> =>
  put(`/sessions/${id}/attendance`, { marks });
export const decideLeave = (id: string, memberId: string, isGranted: boolean): Promise<SessionFile> =>
  post(`/sessions/${id}/leaves/${memberId}/decision`, { isGranted });
export const admitGuest = (id: string, body: object): Promise<SessionFile> => post(`/sessions/${id}/guests`, body);
export const makeUp = (id: string, body: object): Promise<SessionFile> => post(`/sessions/${id}/make-ups`, body);
export const enrol = (id: string, body: object): Promise<SessionFile> => post(`/sessions/${id}/roster`, body);
export const exempt = (id: string, memberId: string, body: object): Promise<SessionFile> =>
  patch(`/sessions/${id}/roster/${memberId}`, body);
export const loadCode = (id: string): Promise<{ code: string; validUntil: number; path: string }> =>
  get(`/sessions/${id}/check-in-code`);

/** How many people publishing would bind: those due on the day in any unit of the audience, and those named one by one. */
export async function countAudience(audience: Audience, on: string): Promise<number> {
  const rosters = await Promise.all(
    audience.unitIds.map((id) => get<RosterAnswer>(`/units/${id}/roster`, { query: { on, reach: audience.reach } })),
  );
  const due = rosters.flatMap(({ entries }) => entries.filter((entry) => entry.due).map((entry) => entry.memberId));
  return new Set([...due, ...audience.memberIds]).size;
}
