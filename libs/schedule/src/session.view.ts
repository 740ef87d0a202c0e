import { ApiProperty } from '@nestjs/swagger';
import {
  absenceReasons,
  attendanceSources,
  attendanceStatuses,
  exemptionReasons,
  leaveReasons,
  leaveStates,
  membershipTypes,
  recordFields,
  rosterGroups,
  sessionLevels,
  sessionStates,
  sessionTypes,
} from '@xuekao/contracts';
import type { RecordField, SessionLevel, SessionState, SessionType } from '@xuekao/contracts';
import type { Attendance, AttendanceCounts, Session, SessionHead, SessionItem } from './core/index.js';
import { attendanceCounts, votingCounts } from './core/index.js';
import { SessionVoteDto } from './record.dto.js';
import { SessionAudienceDto, SessionPeopleDto } from './session.dto.js';

const enumOf = (names: object): { enum: string[] } => ({ enum: Object.keys(names) });
const nullableEnum = (names: object): { enum: string[]; nullable: true } => ({ ...enumOf(names), nullable: true });
const nullableText = { type: String, nullable: true } as const;
const nullableNumber = { type: Number, nullable: true } as const;

export class AttendanceCountsDto implements AttendanceCounts {
  @ApiProperty({ description: '应到' }) due!: number;
  @ApiProperty({ description: '实到' }) present!: number;
  @ApiProperty({ description: '请假' }) leave!: number;
  @ApiProperty({ description: '缺席' }) absent!: number;
  @ApiProperty({ description: '补学' }) madeUp!: number;
  @ApiProperty({ description: '列席' }) guests!: number;
  @ApiProperty({ description: '免计' }) exempt!: number;
  @ApiProperty({ description: '免计而到会' }) exemptPresent!: number;
}

export class SessionVotingDto {
  @ApiProperty({ description: '应到有表决权' }) entitled!: number;
  @ApiProperty({ description: '实到有表决权' }) present!: number;
  @ApiProperty() hasQuorum!: boolean;
  @ApiProperty({ description: '通过所需赞成票' }) needed!: number;
}

export class SessionItemDto {
  @ApiProperty() id!: string;
  @ApiProperty() number!: number;
  @ApiProperty(enumOf(sessionTypes)) type!: SessionType;
  @ApiProperty() title!: string;
  @ApiProperty({ type: [String] }) topics!: readonly string[];
  @ApiProperty() minutes!: number;
  @ApiProperty(nullableNumber) halfDays!: number | null;
  @ApiProperty({ ...nullableNumber, description: 'hundredths; null until closed' }) hours!: number | null;
  @ApiProperty(nullableText) hoursReason!: string | null;
}

export class SessionLineDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty(enumOf(sessionStates)) state!: SessionState;
  @ApiProperty() ownerUnitId!: string;
  @ApiProperty(nullableEnum(sessionLevels)) level!: SessionLevel | null;
  @ApiProperty(nullableText) campaignTag!: string | null;
  @ApiProperty() studiesPartyBuilding!: boolean;
  @ApiProperty() place!: string;
  @ApiProperty(nullableText) onlineLink!: string | null;
  @ApiProperty() plannedStartAt!: number;
  @ApiProperty() plannedEndAt!: number;
  @ApiProperty(nullableNumber) startedAt!: number | null;
  @ApiProperty(nullableNumber) endedAt!: number | null;
  @ApiProperty({ type: [SessionItemDto] }) items!: SessionItemDto[];
  @ApiProperty({ type: AttendanceCountsDto }) counts!: AttendanceCountsDto;
}

export class SessionPageDto {
  @ApiProperty({ type: [SessionLineDto] }) items!: SessionLineDto[];
  @ApiProperty(nullableText) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class SessionMonthDto {
  @ApiProperty({ type: [SessionLineDto] }) items!: SessionLineDto[];
}

export class AttendanceRowDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty(nullableText) unitId!: string | null;
  @ApiProperty(nullableText) departmentId!: string | null;
  @ApiProperty(enumOf(membershipTypes)) membershipType!: string;
  @ApiProperty(enumOf(rosterGroups)) group!: string;
  @ApiProperty(nullableEnum(exemptionReasons)) exemption!: string | null;
  @ApiProperty() votes!: boolean;
  @ApiProperty(enumOf(attendanceStatuses)) status!: string;
  @ApiProperty(nullableEnum(attendanceSources)) source!: string | null;
  @ApiProperty(nullableNumber) markedAt!: number | null;
  @ApiProperty(enumOf(leaveStates)) leaveState!: string;
  @ApiProperty(nullableEnum(leaveReasons)) leaveReason!: string | null;
  @ApiProperty({ ...nullableText, description: 'null where the reader may not see it' }) leaveNote!: string | null;
  @ApiProperty(nullableEnum(absenceReasons)) absenceReason!: string | null;
  @ApiProperty(nullableText) absenceNote!: string | null;
  @ApiProperty(nullableNumber) madeUpAt!: number | null;
  @ApiProperty(nullableText) madeUpNote!: string | null;
}

export class SessionGuestDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty(nullableText) organisation!: string | null;
  @ApiProperty(nullableText) memberId!: string | null;
}

export class ErratumDto {
  @ApiProperty() number!: number;
  @ApiProperty() text!: string;
  @ApiProperty() writtenBy!: string;
  @ApiProperty() writtenAt!: number;
}

export class SessionRecordDto {
  @ApiProperty() discussion!: string;
  @ApiProperty() resolution!: string;
  @ApiProperty({ type: SessionVoteDto, nullable: true }) vote!: SessionVoteDto | null;
  @ApiProperty() followUp!: string;
  @ApiProperty(nullableNumber) hostSignedAt!: number | null;
  @ApiProperty(nullableNumber) recorderSignedAt!: number | null;
}

export class SessionDetailDto extends SessionLineDto {
  @ApiProperty() version!: number;
  @ApiProperty({ type: SessionAudienceDto }) audience!: SessionAudienceDto;
  @ApiProperty({ type: SessionPeopleDto }) people!: SessionPeopleDto;
  @ApiProperty() agenda!: string;
  @ApiProperty() checkInOpensAt!: number;
  @ApiProperty() checkInClosesAt!: number;
  @ApiProperty({ ...nullableText, description: 'the day whose roster was frozen' }) rosterOn!: string | null;
  @ApiProperty(nullableNumber) publishedAt!: number | null;
  @ApiProperty(nullableNumber) closedAt!: number | null;
  @ApiProperty(nullableNumber) archivedAt!: number | null;
  @ApiProperty(nullableNumber) cancelledAt!: number | null;
  @ApiProperty(nullableText) cancelReason!: string | null;
  @ApiProperty({ type: SessionRecordDto }) record!: SessionRecordDto;
  @ApiProperty({ type: [AttendanceRowDto] }) attendance!: AttendanceRowDto[];
  @ApiProperty({ type: [SessionGuestDto] }) guests!: SessionGuestDto[];
  @ApiProperty({ type: [ErratumDto] }) errata!: ErratumDto[];
  @ApiProperty({ type: SessionVotingDto }) voting!: SessionVotingDto;
  @ApiProperty({ ...enumOf(recordFields), isArray: true, description: 'what closing and archiving still ask for' })
  missing!: RecordField[];
}

export function itemView(item: SessionItem): SessionItemDto {
  const { id, number, type, title, topics, minutes, halfDays, hours, hoursReason } = item;
  return { id, number, type, title, topics, minutes, halfDays, hours, hoursReason };
}

export function lineView(head: SessionHead, items: readonly SessionItem[], counts: AttendanceCounts): SessionLineDto {
  const { id, title, state, ownerUnitId, level, campaignTag, studiesPartyBuilding } = head;
  const { place, onlineLink, plannedStartAt, plannedEndAt, startedAt, endedAt } = head;
  return {
    id,
    title,
    state,
    ownerUnitId,
    level,
    campaignTag,
    studiesPartyBuilding,
    place,
    onlineLink,
    plannedStartAt,
    plannedEndAt,
    startedAt,
    endedAt,
    items: items.map(itemView),
    counts,
  };
}

function rowView(row: Attendance): AttendanceRowDto {
  const { sessionId: _own, ...view } = row as Attendance & { sessionId?: string };
  return view;
}

/** `readable` are the attendance rows as the reader may see them. */
export function detailView(
  session: Session & { readonly head: SessionHead & { readonly version: number } },
  readable: readonly Attendance[],
  missing: readonly RecordField[],
): SessionDetailDto {
  const { head, items, attendance, guests, errata } = session;
  const { unitIds, reach, memberIds } = head.audience;
  return {
    ...lineView(head, items, attendanceCounts(attendance, guests)),
    version: head.version,
    audience: { unitIds: [...unitIds], reach, memberIds: [...memberIds] },
    people: head.people,
    agenda: head.agenda,
    checkInOpensAt: head.checkInOpensAt,
    checkInClosesAt: head.checkInClosesAt,
    rosterOn: head.rosterOn,
    publishedAt: head.publishedAt,
    closedAt: head.closedAt,
    archivedAt: head.archivedAt,
    cancelledAt: head.cancelledAt,
    cancelReason: head.cancelReason,
    record: head.record,
    attendance: readable.map(rowView),
    guests: guests.map(({ id, name, organisation, memberId }) => ({ id, name, organisation, memberId })),
    errata: errata.map(({ number, text, writtenBy, writtenAt }) => ({ number, text, writtenBy, writtenAt })),
    voting: votingCounts(attendance),
    missing: [...missing],
  };
}
