import type {
  AttendanceStatus,
  LeaveReason,
  LeaveState,
  RosterGroup,
  SessionState,
  SessionType,
} from '@xuekao/contracts';
import { get, post } from './http.js';

export interface Person {
  readonly memberId: string | null;
  readonly name: string;
}

export interface Speaker extends Person {
  readonly organisation: string | null;
  readonly post: string | null;
}

export interface SessionItem {
  readonly id: string;
  readonly type: SessionType;
  readonly title: string;
  readonly topics: readonly string[];
  readonly minutes: number;
  /** Hundredths of a study hour; null until the session is closed. */
  readonly hours: number | null;
}

export interface MyAttendance {
  readonly group: RosterGroup;
  readonly status: AttendanceStatus;
  readonly markedAt: number | null;
  readonly leaveState: LeaveState;
  readonly leaveReason: LeaveReason | null;
  readonly leaveNote: string | null;
  readonly madeUpAt: number | null;
}

export interface MySession {
  readonly id: string;
  readonly title: string;
  readonly state: SessionState;
  readonly ownerUnitId: string;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly plannedStartAt: number;
  readonly plannedEndAt: number;
  readonly checkInOpensAt: number;
  readonly checkInClosesAt: number;
  readonly agenda: string;
  readonly people: { readonly host?: Person | null; readonly speaker?: Speaker | null };
  readonly cancelReason: string | null;
  readonly items: readonly SessionItem[];
  readonly mine: MyAttendance;
}

export interface StudyCredit {
  readonly sessionId: string;
  readonly sessionTitle: string;
  readonly itemTitle: string;
  readonly type: SessionType;
  readonly localDate: string;
  /** Hundredths of a study hour. */
  readonly hours: number;
  readonly isCollective: boolean;
  readonly isMadeUp: boolean;
}

export interface StudyHours {
  readonly year: number;
  readonly total: number;
  readonly collective: number;
  readonly credits: readonly StudyCredit[];
}

export const loadMySessions = (): Promise<{ items: MySession[] }> => get('/my/sessions');
export const loadMySession = (id: string): Promise<MySession> => get(`/my/sessions/${id}`);
export const checkIn = (id: string, code: string): Promise<MySession> => post(`/sessions/${id}/check-in`, { code });
export const askLeave = (id: string, reason: LeaveReason, note: string): Promise<MySession> =>
  post(`/sessions/${id}/leave`, { reason, note: note || null });
export const loadStudyHours = (year: number): Promise<StudyHours> => get('/my/study-hours', { query: { year } });
