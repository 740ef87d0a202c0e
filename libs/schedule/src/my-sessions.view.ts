import { ApiProperty } from '@nestjs/swagger';
import {
  attendanceStatuses,
  hoursUnits,
  leaveReasons,
  leaveStates,
  rosterGroups,
  sessionStates,
  sessionTypes,
} from '@xuekao/contracts';
import type { HoursUnit, SessionState, SessionType } from '@xuekao/contracts';
import type { StudyHoursRule } from './core/index.js';
import type { MyStudyHours } from './my-sessions.service.js';
import type { MySession } from './session.query.js';
import { SessionPeopleDto } from './session.dto.js';
import { SessionItemDto, itemView } from './session.view.js';

const nullableText = { type: String, nullable: true } as const;
const nullableNumber = { type: Number, nullable: true } as const;

export class MyAttendanceDto {
  @ApiProperty({ enum: Object.keys(rosterGroups) }) group!: string;
  @ApiProperty({ enum: Object.keys(attendanceStatuses) }) status!: string;
  @ApiProperty(nullableNumber) markedAt!: number | null;
  @ApiProperty({ enum: Object.keys(leaveStates) }) leaveState!: string;
  @ApiProperty({ enum: Object.keys(leaveReasons), nullable: true }) leaveReason!: string | null;
  @ApiProperty(nullableText) leaveNote!: string | null;
  @ApiProperty(nullableNumber) madeUpAt!: number | null;
}

export class MySessionDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: Object.keys(sessionStates) }) state!: SessionState;
  @ApiProperty() ownerUnitId!: string;
  @ApiProperty() place!: string;
  @ApiProperty(nullableText) onlineLink!: string | null;
  @ApiProperty() plannedStartAt!: number;
  @ApiProperty() plannedEndAt!: number;
  @ApiProperty() checkInOpensAt!: number;
  @ApiProperty() checkInClosesAt!: number;
  @ApiProperty() agenda!: string;
  @ApiProperty({ type: SessionPeopleDto }) people!: SessionPeopleDto;
  @ApiProperty(nullableText) cancelReason!: string | null;
  @ApiProperty({ type: [SessionItemDto] }) items!: SessionItemDto[];
  @ApiProperty({ type: MyAttendanceDto }) mine!: MyAttendanceDto;
}

export class MySessionsDto {
  @ApiProperty({ type: [MySessionDto] }) items!: MySessionDto[];
}

export function mySessionView({ head, items, mine }: MySession): MySessionDto {
  const { id, title, state, ownerUnitId, place, onlineLink, plannedStartAt, plannedEndAt } = head;
  const { checkInOpensAt, checkInClosesAt, agenda, people, cancelReason } = head;
  const { group, status, markedAt, leaveState, leaveReason, leaveNote, madeUpAt } = mine;
  return {
    id,
    title,
    state,
    ownerUnitId,
    place,
    onlineLink,
    plannedStartAt,
    plannedEndAt,
    checkInOpensAt,
    checkInClosesAt,
    agenda,
    people,
    cancelReason,
    items: items.map(itemView),
    mine: { group, status, markedAt, leaveState, leaveReason, leaveNote, madeUpAt },
  };
}

export class StudyCreditDto {
  @ApiProperty() sessionId!: string;
  @ApiProperty() sessionTitle!: string;
  @ApiProperty() itemTitle!: string;
  @ApiProperty({ enum: Object.keys(sessionTypes) }) type!: SessionType;
  @ApiProperty({ example: '2017-06-12' }) localDate!: string;
  @ApiProperty({ description: 'hundredths of a study hour' }) hours!: number;
  @ApiProperty({ description: '计入集中学习培训' }) isCollective!: boolean;
  @ApiProperty({ description: '补学' }) isMadeUp!: boolean;
}

export class MyStudyHoursDto {
  @ApiProperty() year!: number;
  @ApiProperty({ description: 'hundredths of a study hour' }) total!: number;
  @ApiProperty({ description: 'hundredths of a study hour' }) collective!: number;
  @ApiProperty({ type: [StudyCreditDto] }) credits!: StudyCreditDto[];
}

export function studyHoursView({ year, total, collective, credits }: MyStudyHours): MyStudyHoursDto {
  const rows = credits.map(
    ({ sessionId, sessionTitle, itemTitle, type, localDate, hours, isCollective, isMadeUp }) => ({
      sessionId,
      sessionTitle,
      itemTitle,
      type,
      localDate,
      hours,
      isCollective,
      isMadeUp,
    }),
  );
  return { year, total, collective, credits: rows };
}

export class HoursRuleDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(sessionTypes), nullable: true }) type!: SessionType | null;
  @ApiProperty({ enum: Object.keys(hoursUnits) }) unit!: HoursUnit;
  @ApiProperty() amount!: number;
  @ApiProperty({ description: 'hundredths of a study hour' }) hours!: number;
  @ApiProperty() step!: number;
  @ApiProperty() validFrom!: string;
  @ApiProperty() source!: string;
}

export class HoursTableDto {
  @ApiProperty({ type: [HoursRuleDto] }) items!: HoursRuleDto[];
}

export function ruleView({ id, type, unit, amount, hours, step, validFrom, source }: StudyHoursRule): HoursRuleDto {
  return { id, type, unit, amount, hours, step, validFrom, source };
}

export class ShownCodeDto {
  @ApiProperty({ example: '042917' }) code!: string;
  @ApiProperty({ description: 'epoch milliseconds' }) validUntil!: number;
  @ApiProperty({ description: 'path that the QR code opens' }) path!: string;
}
