import type { LeaveReason, SessionState, SessionType } from '@xuekao/contracts';
import { get, post } from './http.js';

export type AttendanceStanding = 'due' | 'present' | 'leave' | 'made-up' | 'absent' | 'exempt' | 'observer';

export interface MySession {
  readonly id: string;
  readonly title: string;
  readonly types: readonly SessionType[];
  readonly unitName: string;
  readonly state: SessionState;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly place: string | null;
  readonly standing: AttendanceStanding;
  readonly leaveState: 'asked' | 'approved' | 'rejected' | null;
}

export interface SessionDetail extends MySession {
  readonly hostName: string | null;
  readonly speakerName: string | null;
  readonly studyHours: number | null;
  readonly agenda: readonly { readonly type: SessionType; readonly title: string }[];
  readonly materials: readonly string[];
  readonly checkedInAt: number | null;
  readonly canCheckIn: boolean;
  readonly canAskLeave: boolean;
  readonly makeUpDueAt: number | null;
  readonly minutesText: string | null;
}

export interface StudyHours {
  readonly year: number;
  readonly totalHours: number;
  readonly goalHours: number | null;
  readonly items: readonly {
    readonly sessionId: string;
    readonly title: string;
    readonly date: number;
    readonly hours: number;
  }[];
}

export const loadMySessions = (): Promise<{ items: MySession[] }> => get('/my/sessions');
export const loadSession = (id: string): Promise<SessionDetail> => get(`/sessions/${id}`);
export const checkIn = (id: string, code: string): Promise<void> => post(`/sessions/${id}/check-in`, { code });
export const askLeave = (id: string, reason: LeaveReason, note: string): Promise<void> =>
  post(`/sessions/${id}/leave`, { reason, note: note || null });
export const loadStudyHours = (year: number): Promise<StudyHours> => get('/my/study-hours', { query: { year } });
