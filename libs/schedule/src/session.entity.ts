import {
  absenceReasons,
  attendanceSources,
  attendanceStatuses,
  leaveReasons,
  leaveStates,
  membershipTypes,
  rosterGroups,
  sessionLevels,
  sessionStates,
} from '@xuekao/contracts';
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
import { Choice, Code, DateColumn, Flag, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';
import type { Audience, SessionPeople, SessionRecord } from './core/index.js';

@Entity('study_session')
@Index('ix_study_session_owner', ['ownerUnitId', 'plannedStartAt'])
@Index('ix_study_session_year', ['year', 'state'])
@Index('ix_study_session_day', ['localDate', 'id'])
export class SessionEntity {
  @Id() id!: string;
  @Ref() ownerUnitId!: string;
  @Text(120) title!: string;
  @Choice(Object.keys(sessionStates)) state!: SessionState;
  @Choice(Object.keys(sessionLevels), { nullable: true }) level!: SessionLevel | null;
  @Text(64, { nullable: true }) campaignTag!: string | null;
  @Flag() studiesPartyBuilding!: boolean;
  @Json() audience!: Audience;
  @Text(200) place!: string;
  @Text(500, { nullable: true }) onlineLink!: string | null;
  @InstantColumn() plannedStartAt!: Instant;
  @InstantColumn() plannedEndAt!: Instant;
  @InstantColumn() checkInOpensAt!: Instant;
  @InstantColumn() checkInClosesAt!: Instant;
  @Code(64) checkInSecret!: string;
  @Json() people!: SessionPeople;
  @LongText() agenda!: string;
  @InstantColumn({ nullable: true }) startedAt!: Instant | null;
  @InstantColumn({ nullable: true }) endedAt!: Instant | null;
  @Json() record!: SessionRecord;
  @DateColumn({ nullable: true }) rosterOn!: CivilDate | null;
  @InstantColumn({ nullable: true }) publishedAt!: Instant | null;
  @InstantColumn({ nullable: true }) closedAt!: Instant | null;
  @InstantColumn({ nullable: true }) archivedAt!: Instant | null;
  @InstantColumn({ nullable: true }) cancelledAt!: Instant | null;
  @Text(500, { nullable: true }) cancelReason!: string | null;
  /** The day, ISO week and year of the real start once there is one, else of the planned start. */
  @DateColumn() localDate!: CivilDate;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
  @InstantColumn() createdAt!: Instant;
  @Int() version!: number;
}

@Entity('session_item')
@Unique('uq_session_item_number', ['sessionId', 'number'])
@Index('ix_session_item_type', ['type', 'sessionId'])
export class SessionItemEntity {
  @Id() id!: string;
  @Ref(() => SessionEntity) sessionId!: string;
  @Int() number!: number;
  @Code(40) type!: SessionType;
  @Text(200) title!: string;
  @Json() topics!: readonly string[];
  @Int() minutes!: number;
  @Int({ nullable: true }) halfDays!: number | null;
  @Int({ nullable: true }) hours!: number | null;
  @Text(500, { nullable: true }) hoursReason!: string | null;
}

@Entity('session_attendance')
@Index('ix_session_attendance_member', ['memberId', 'sessionId'])
export class AttendanceEntity {
  @Ref(() => SessionEntity, { primary: true }) sessionId!: string;
  @Ref(null, { primary: true }) memberId!: string;
  @Text(80) name!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Ref(null, { nullable: true }) departmentId!: string | null;
  @Choice(Object.keys(membershipTypes)) membershipType!: MembershipType;
  @Choice(Object.keys(rosterGroups), { name: 'roster_group' }) group!: RosterGroup;
  @Code(40, { nullable: true }) exemption!: ExemptionReason | null;
  @Flag() votes!: boolean;
  @Choice(Object.keys(attendanceStatuses)) status!: AttendanceStatus;
  @Choice(Object.keys(attendanceSources), { nullable: true }) source!: AttendanceSource | null;
  @InstantColumn({ nullable: true }) markedAt!: Instant | null;
  @Choice(Object.keys(leaveStates)) leaveState!: LeaveState;
  @Choice(Object.keys(leaveReasons), { nullable: true }) leaveReason!: LeaveReason | null;
  @Text(500, { nullable: true }) leaveNote!: string | null;
  @Choice(Object.keys(absenceReasons), { nullable: true }) absenceReason!: AbsenceReason | null;
  @Text(500, { nullable: true }) absenceNote!: string | null;
  @InstantColumn({ nullable: true }) madeUpAt!: Instant | null;
  @Text(500, { nullable: true }) madeUpNote!: string | null;
}

@Entity('session_guest')
@Index('ix_session_guest_session', ['sessionId'])
export class GuestEntity {
  @Id() id!: string;
  @Ref(() => SessionEntity) sessionId!: string;
  @Text(80) name!: string;
  @Text(120, { nullable: true }) organisation!: string | null;
  @Ref(null, { nullable: true }) memberId!: string | null;
}

@Entity('session_erratum')
export class ErratumEntity {
  @Ref(() => SessionEntity, { primary: true }) sessionId!: string;
  @Int({ primary: true }) number!: number;
  @LongText() text!: string;
  @Text(80) writtenBy!: string;
  @InstantColumn() writtenAt!: Instant;
}
