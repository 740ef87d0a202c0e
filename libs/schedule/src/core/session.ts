import type {
  AbsenceReason,
  AttendanceSource,
  AttendanceStatus,
  ExemptionReason,
  LeaveReason,
  LeaveState,
  MembershipType,
  RosterGroup,
  SessionLevel,
  SessionState,
  SessionType,
} from '@xuekao/contracts';
import type { CivilDate, Instant } from '@xuekao/kernel';

/** Units of either tree and people picked by hand; the union is invited, each person once. */
export interface Audience {
  readonly unitIds: readonly string[];
  /** `subtree` invites everyone below the units too; `unit` their own people alone, as for a meeting of the 党组. */
  readonly reach: 'subtree' | 'unit';
  readonly memberIds: readonly string[];
}

/** A person named in a record; `memberId` is null for people from outside. */
export interface PersonRef {
  readonly memberId: string | null;
  readonly name: string;
}

export interface Speaker extends PersonRef {
  readonly organisation: string | null;
  readonly post: string | null;
}

export interface SessionPeople {
  readonly host: PersonRef | null;
  readonly recorder: PersonRef | null;
  readonly speaker: Speaker | null;
  readonly oathLeader: PersonRef | null;
}

/** A show of hands on the resolution: the people with a vote, and how they voted. */
export interface Vote {
  readonly entitled: number;
  readonly inFavour: number;
  readonly against: number;
  readonly abstained: number;
}

/** What the recorder writes; empty strings mean not written. */
export interface SessionRecord {
  readonly discussion: string;
  readonly resolution: string;
  readonly vote: Vote | null;
  readonly followUp: string;
  readonly hostSignedAt: Instant | null;
  readonly recorderSignedAt: Instant | null;
}

export const emptyRecord: SessionRecord = {
  discussion: '',
  resolution: '',
  vote: null,
  followUp: '',
  hostSignedAt: null,
  recorderSignedAt: null,
};

/** What an organiser plans; the frozen roster is made from `audience` on publication. */
export interface SessionPlan {
  readonly title: string;
  readonly ownerUnitId: string;
  readonly audience: Audience;
  readonly place: string;
  readonly onlineLink: string | null;
  readonly plannedStartAt: Instant;
  readonly plannedEndAt: Instant;
  readonly checkInOpensAt: Instant;
  readonly checkInClosesAt: Instant;
  readonly people: SessionPeople;
  readonly agenda: string;
  readonly campaignTag: string | null;
  /** The item 研究机关党建 of a party-group meeting. */
  readonly studiesPartyBuilding: boolean;
  readonly level: SessionLevel | null;
}

export interface SessionHead extends SessionPlan {
  readonly id: string;
  readonly state: SessionState;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly record: SessionRecord;
  readonly rosterOn: CivilDate | null;
  readonly publishedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly archivedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly cancelReason: string | null;
}

/** One part of a session, counted under its own type; attendance is taken once for the whole session. */
export interface SessionItem {
  readonly id: string;
  readonly number: number;
  readonly type: SessionType;
  readonly title: string;
  readonly topics: readonly string[];
  readonly minutes: number;
  /** Half days of a training class; null when the item is measured in minutes. */
  readonly halfDays: number | null;
  /** Study hours in hundredths; null until the session is closed. */
  readonly hours: number | null;
  /** Why `hours` differ from the table; null when they are the table's. */
  readonly hoursReason: string | null;
}

/** A person as the roster had him on the day of publication. */
export interface RosterEntry {
  readonly memberId: string;
  readonly name: string;
  /** The Party unit that answers for him on that day. */
  readonly unitId: string | null;
  readonly departmentId: string | null;
  readonly membershipType: MembershipType;
  readonly group: RosterGroup;
  readonly exemption: ExemptionReason | null;
  readonly votes: boolean;
}

export interface Attendance extends RosterEntry {
  readonly status: AttendanceStatus;
  readonly source: AttendanceSource | null;
  readonly markedAt: Instant | null;
  readonly leaveState: LeaveState;
  readonly leaveReason: LeaveReason | null;
  /** Free text of the leave request. Of a sick leave only the branch secretary reads it. Source: domain.md §7.2. */
  readonly leaveNote: string | null;
  readonly absenceReason: AbsenceReason | null;
  readonly absenceNote: string | null;
  readonly madeUpAt: Instant | null;
  readonly madeUpNote: string | null;
}

/** Someone beside the roster (列席); never in 应到 or 实到. */
export interface Guest {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly memberId: string | null;
}

export interface Erratum {
  readonly number: number;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenAt: Instant;
}

/**
 * A session with its parts. A decision about one person needs that person's attendance row only; publishing, closing and
 * archiving need all rows.
 */
export interface Session {
  readonly head: SessionHead;
  readonly items: readonly SessionItem[];
  readonly attendance: readonly Attendance[];
  readonly guests: readonly Guest[];
  readonly errata: readonly Erratum[];
}

export function unmarked(entry: RosterEntry): Attendance {
  return {
    ...entry,
    status: 'unmarked',
    source: null,
    markedAt: null,
    leaveState: 'none',
    leaveReason: null,
    leaveNote: null,
    absenceReason: null,
    absenceNote: null,
    madeUpAt: null,
    madeUpNote: null,
  };
}
