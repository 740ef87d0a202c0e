import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { absenceReasons, exemptionReasons, hoursUnits, leaveReasons, sessionTypes } from '@xuekao/contracts';
import type { AbsenceReason, ExemptionReason, HoursUnit, LeaveReason, SessionType } from '@xuekao/contracts';
import type { Mark } from './core/index.js';

const markStatuses = ['present', 'leave', 'absent', 'unmarked'] as const;
const leaves = Object.keys(leaveReasons);
const absences = Object.keys(absenceReasons);
const exemptions = Object.keys(exemptionReasons);
const units = Object.keys(hoursUnits);
const types = Object.keys(sessionTypes);

export class AttendanceMarkDto {
  @ApiProperty()
  @IsUUID()
  memberId!: string;

  @ApiProperty({ enum: markStatuses })
  @IsIn(markStatuses)
  status!: (typeof markStatuses)[number];

  @ApiPropertyOptional({ enum: leaves, description: 'required with status leave' })
  @ValidateIf((mark: AttendanceMarkDto) => mark.status === 'leave')
  @IsIn(leaves)
  leaveReason?: LeaveReason;

  @ApiPropertyOptional({ enum: absences, nullable: true, description: 'asked for before the session closes' })
  @IsOptional()
  @IsIn(absences)
  absenceReason?: AbsenceReason | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

export function markFrom(dto: AttendanceMarkDto): Mark {
  const { memberId, status, note = null } = dto;
  if (status === 'leave') return { memberId, status, reason: dto.leaveReason!, note };
  if (status === 'absent') return { memberId, status, reason: dto.absenceReason ?? null, note };
  return { memberId, status };
}

export class AttendanceMarksDto {
  @ApiProperty({ type: [AttendanceMarkDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => AttendanceMarkDto)
  marks!: AttendanceMarkDto[];
}

export class CheckInDto {
  @ApiProperty({ description: 'the six digits on the wall' })
  @IsString()
  @Length(1, 12)
  code!: string;
}

export class LeaveRequestDto {
  @ApiProperty({ enum: leaves })
  @IsIn(leaves)
  reason!: LeaveReason;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'of sick leave only the branch secretary reads it',
  })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

export class LeaveDecisionDto {
  @ApiProperty()
  @IsBoolean()
  isGranted!: boolean;
}

export class NewSessionGuestDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  organisation?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsUUID()
  memberId?: string | null;
}

export class MakeUpDto {
  @ApiProperty()
  @IsUUID()
  memberId!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string | null;
}

export class SessionReasonDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}

export class RosterEnrolmentDto extends SessionReasonDto {
  @ApiProperty()
  @IsUUID()
  memberId!: string;
}

export class RosterExemptionDto extends SessionReasonDto {
  @ApiProperty({ enum: exemptions, nullable: true, description: 'null counts the person in again' })
  @IsOptional()
  @IsIn(exemptions)
  exemption: ExemptionReason | null = null;
}

export class HoursAdjustmentDto extends SessionReasonDto {
  @ApiProperty({ description: 'hundredths of a study hour' })
  @IsInt()
  @Min(0)
  @Max(100_000)
  hours!: number;
}

export class NewHoursRuleDto {
  @ApiProperty({ enum: types, nullable: true, description: 'null: all types' })
  @IsOptional()
  @IsIn(types)
  type: SessionType | null = null;

  @ApiProperty({ enum: units })
  @IsIn(units)
  unit!: HoursUnit;

  @ApiProperty({ description: 'how many of the unit are worth `hours`' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  amount!: number;

  @ApiProperty({ description: 'hundredths of a study hour' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  hours!: number;

  @ApiProperty({ description: 'hours are rounded down to multiples of this many hundredths' })
  @IsInt()
  @Min(1)
  @Max(1000)
  step!: number;

  @ApiProperty({ example: '2017-01-01' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  validFrom!: string;

  @ApiProperty({ description: '依据' })
  @IsString()
  @MaxLength(200)
  source!: string;
}

export class StudyYearQueryDto {
  @ApiProperty({ example: 2017 })
  @Type(() => Number)
  @IsInt()
  @Min(1949)
  @Max(2200)
  year!: number;
}
