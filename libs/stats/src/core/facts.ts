import type {
  ExamLevel,
  ExemptionReason,
  LeaveReason,
  MembershipType,
  RoleName,
  SessionType,
  Tree,
  UnitKind,
} from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';

export interface UnitFact {
  readonly id: string;
  readonly name: string;
  readonly tree: Tree;
  readonly kind: UnitKind;
  readonly parentId: string | null;
}

/** A unit's part of a session, counted under its own type. Hours are hundredths. */
export interface ItemFact {
  readonly type: SessionType;
  readonly title: string;
  readonly hours: number;
}

/** An archived session; no other state is a fact. Source: domain.md §2.4. */
export interface SessionFact {
  readonly id: string;
  readonly title: string;
  readonly date: CivilDate;
  readonly ownerUnitId: string;
  readonly items: readonly ItemFact[];
  readonly studiesPartyBuilding: boolean;
  readonly speakerId: string | null;
  readonly speaker: string;
  readonly host: string;
  readonly recorder: string;
  /** Null where nobody keeps count of them. */
  readonly attachments: number | null;
}

/** One person on a session's frozen roster, with the units he stood in on that day. Guests are not facts. */
export interface AttendanceFact {
  readonly sessionId: string;
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly departmentId: string | null;
  readonly exemption: ExemptionReason | null;
  readonly outcome: 'present' | 'leave' | 'absent';
  readonly leaveReason: LeaveReason | null;
  readonly madeUp: boolean;
}

/** A closed exam, the organisation's own or an imported one. Marks are hundredths. */
export interface ExamFact {
  readonly id: string;
  readonly name: string;
  readonly level: ExamLevel;
  readonly date: CivilDate;
  readonly passMarks: number;
  readonly excellentMarks: number;
}

/** One person on an exam's frozen roster. `marks` is null for those who did not sit. */
export interface ResultFact {
  readonly examId: string;
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly exemption: ExemptionReason | null;
  readonly marks: number | null;
  /** Sat in the first sitting, not only in a resit. */
  readonly satFirst: boolean;
  readonly absence: string;
}

/** Study hours that a person earned, in hundredths; they follow the person. */
export interface HoursFact {
  readonly memberId: string;
  readonly sessionId: string;
  readonly date: CivilDate;
  readonly title: string;
  readonly collective: boolean;
  readonly hours: number;
}

/** A person's one place in the Party tree over some days: `from` included, `to` excluded. */
export interface MembershipFact {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly type: MembershipType;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export interface RoleFact {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly role: RoleName;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export interface HandbookFact {
  readonly id: string;
  readonly title: string;
  readonly entries: number;
}

/** The first time a person read anything of a handbook in the year. */
export interface ReadingFact {
  readonly memberId: string;
  readonly handbookId: string;
  readonly date: CivilDate;
  readonly entries: number;
}

/** A 竞赛记录: what was held, and who of whom took part. */
export interface ContestFact {
  readonly id: string;
  readonly title: string;
  readonly date: CivilDate;
  readonly ownerUnitId: string;
  /** Those who answered at least once and were not removed; on a stage, all who stood there at the end. */
  readonly memberIds: readonly string[];
  /** Every unit that had somebody there, with its roll of that day. */
  readonly units: readonly ContestUnitFact[];
}

export interface ContestUnitFact {
  readonly unitId: string;
  readonly unitName: string;
  readonly participants: number;
  readonly roll: number;
}

/** Everything known of a year. Rows carry the units of their own day, so that later moves change nothing here. */
export interface YearFacts {
  readonly year: number;
  /** Nothing later is known: the day the facts were read, or the last of the year. */
  readonly asOf: CivilDate;
  readonly units: readonly UnitFact[];
  readonly sessions: readonly SessionFact[];
  readonly attendance: readonly AttendanceFact[];
  readonly exams: readonly ExamFact[];
  readonly results: readonly ResultFact[];
  readonly hours: readonly HoursFact[];
  readonly memberships: readonly MembershipFact[];
  readonly roles: readonly RoleFact[];
  readonly handbooks: readonly HandbookFact[];
  readonly readings: readonly ReadingFact[];
  readonly contests: readonly ContestFact[];
}
