import type { AbsenceReason, AttendanceSource, ExemptionReason, LeaveReason } from '@xuekao/contracts';
import type { CivilDate, Instant, Refusal } from '@xuekao/kernel';
import type { StudyHoursRule } from './hours.js';
import type { Erratum, Guest, RosterEntry, SessionItem, SessionPlan, SessionRecord } from './session.js';

/** What an organiser enters about one person on the roster. */
export type Mark =
  | { readonly memberId: string; readonly status: 'present' | 'unmarked' }
  | { readonly memberId: string; readonly status: 'leave'; readonly reason: LeaveReason; readonly note: string | null }
  | {
      readonly memberId: string;
      readonly status: 'absent';
      readonly reason: AbsenceReason | null;
      readonly note: string | null;
    };

export type RecordText = Partial<Pick<SessionRecord, 'discussion' | 'resolution' | 'vote' | 'followUp'>>;

export type SessionCommand =
  | { readonly type: 'revise'; readonly plan: Partial<SessionPlan>; readonly items: readonly SessionItem[] | null }
  | { readonly type: 'publish'; readonly roster: readonly RosterEntry[]; readonly on: CivilDate; readonly at: Instant }
  | {
      readonly type: 'amend-roster';
      readonly memberId: string;
      readonly exemption: ExemptionReason | null;
      readonly reason: string;
    }
  | { readonly type: 'enrol'; readonly entry: RosterEntry; readonly reason: string }
  | { readonly type: 'check-in'; readonly memberId: string; readonly isCodeRight: boolean; readonly at: Instant }
  | { readonly type: 'mark'; readonly marks: readonly Mark[]; readonly at: Instant }
  | {
      readonly type: 'request-leave';
      readonly memberId: string;
      readonly reason: LeaveReason;
      readonly note: string | null;
      readonly at: Instant;
    }
  | { readonly type: 'decide-leave'; readonly memberId: string; readonly isGranted: boolean; readonly at: Instant }
  | { readonly type: 'admit-guest'; readonly guest: Guest }
  | { readonly type: 'make-up'; readonly memberId: string; readonly note: string | null; readonly at: Instant }
  | {
      readonly type: 'write-record';
      readonly text: RecordText;
      readonly startedAt: Instant | null;
      readonly endedAt: Instant | null;
    }
  | {
      readonly type: 'close';
      readonly table: readonly StudyHoursRule[];
      readonly on: CivilDate;
      readonly at: Instant;
    }
  | { readonly type: 'adjust-hours'; readonly itemId: string; readonly hours: number; readonly reason: string }
  | { readonly type: 'sign'; readonly as: 'host' | 'recorder'; readonly at: Instant }
  | { readonly type: 'archive'; readonly at: Instant }
  | { readonly type: 'cancel'; readonly reason: string; readonly at: Instant }
  | { readonly type: 'append-erratum'; readonly text: string; readonly writtenBy: string; readonly at: Instant };

export type SessionCommandOf<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>;

export type SessionEvent =
  | { readonly type: 'PlanRevised'; readonly plan: Partial<SessionPlan>; readonly items: readonly SessionItem[] | null }
  | {
      readonly type: 'SessionPublished';
      readonly roster: readonly RosterEntry[];
      readonly on: CivilDate;
      readonly at: Instant;
    }
  | {
      readonly type: 'RosterAmended';
      readonly memberId: string;
      readonly exemption: ExemptionReason | null;
      readonly reason: string;
    }
  | { readonly type: 'MemberEnrolled'; readonly entry: RosterEntry; readonly reason: string }
  | {
      readonly type: 'MemberPresent';
      readonly memberId: string;
      readonly source: AttendanceSource;
      readonly at: Instant;
    }
  | {
      readonly type: 'MemberOnLeave';
      readonly memberId: string;
      readonly reason: LeaveReason;
      readonly note: string | null;
      readonly at: Instant;
    }
  | {
      readonly type: 'MemberAbsent';
      readonly memberId: string;
      readonly reason: AbsenceReason | null;
      readonly note: string | null;
      readonly at: Instant;
    }
  | { readonly type: 'MarkRemoved'; readonly memberId: string }
  | {
      readonly type: 'LeaveRequested';
      readonly memberId: string;
      readonly reason: LeaveReason;
      readonly note: string | null;
    }
  | { readonly type: 'LeaveGranted'; readonly memberId: string; readonly at: Instant }
  | { readonly type: 'LeaveDeclined'; readonly memberId: string }
  | { readonly type: 'GuestAdmitted'; readonly guest: Guest }
  | { readonly type: 'StudyMadeUp'; readonly memberId: string; readonly note: string | null; readonly at: Instant }
  | {
      readonly type: 'RecordWritten';
      readonly text: RecordText;
      readonly startedAt: Instant | null;
      readonly endedAt: Instant | null;
    }
  | { readonly type: 'SessionClosed'; readonly hours: Readonly<Record<string, number>>; readonly at: Instant }
  | { readonly type: 'HoursAdjusted'; readonly itemId: string; readonly hours: number; readonly reason: string }
  | { readonly type: 'RecordSigned'; readonly as: 'host' | 'recorder'; readonly at: Instant }
  | { readonly type: 'SessionArchived'; readonly at: Instant }
  | { readonly type: 'SessionCancelled'; readonly reason: string; readonly at: Instant }
  | { readonly type: 'ErratumAppended'; readonly erratum: Erratum };

export type Decision = readonly SessionEvent[] | Refusal;
