import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import {
  examLevels,
  figureUnits,
  recordKinds,
  sessionTypes,
  statFigures,
  unitKinds,
  type ExamLevel,
  type FigureUnit,
  type RecordKind,
  type SessionType,
  type StatFigure,
  type UnitKind,
} from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';

export class StatsQueryDto {
  @ApiProperty({ example: 2017 })
  @Type(() => Number)
  @IsInt()
  @Min(1990)
  @Max(2100)
  year!: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 4 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(4)
  quarter?: number;

  @ApiPropertyOptional({ minimum: 1, maximum: 12 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(12)
  month?: number;

  @ApiPropertyOptional({ description: 'the topmost unit of the scope where absent' })
  @IsOptional()
  @IsUUID()
  unitId?: string;

  @ApiPropertyOptional({ description: 'marks in hundredths, 8000 where absent' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000)
  threshold?: number;
}

export class StatsPageQueryDto extends IntersectionType(PageQuery, StatsQueryDto) {}

export class RecordsQueryDto extends StatsPageQueryDto {
  @ApiProperty({ enum: Object.keys(statFigures) })
  @IsIn(Object.keys(statFigures))
  figure!: StatFigure;
}

export class FigureDto {
  @ApiProperty() key!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ enum: Object.keys(figureUnits) }) unit!: FigureUnit;
  @ApiProperty({ description: 'study hours are hundredths' }) value!: number;
  @ApiProperty({ description: 'what was asked' }) query!: string;
  @ApiProperty({ enum: Object.keys(recordKinds) }) recordKind!: RecordKind;
  @ApiProperty({ description: 'number of records behind the figure' }) records!: number;
}

export class RateDto {
  @ApiProperty() key!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ type: FigureDto }) numerator!: FigureDto;
  @ApiProperty({ type: FigureDto }) denominator!: FigureDto;
  @ApiProperty({ example: '98.48%', description: '— when nothing was due' }) text!: string;
}

export class StatsUnitDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: Object.keys(unitKinds) }) kind!: UnitKind;
}

export class OverviewDto {
  @ApiProperty() year!: number;
  @ApiProperty({ type: StatsUnitDto }) unit!: StatsUnitDto;
  @ApiProperty({ description: 'first day' }) from!: string;
  @ApiProperty({ description: 'first day after the period' }) to!: string;
  @ApiProperty({ description: 'nothing later is known' }) asOf!: string;
  @ApiProperty({ type: [FigureDto] }) figures!: FigureDto[];
  @ApiProperty({ type: [RateDto] }) rates!: RateDto[];
}

export class StudyRowDto {
  @ApiProperty({ type: String, nullable: true, description: 'null in the sum' }) unitId!: string | null;
  @ApiProperty() unit!: string;
  @ApiProperty({ type: FigureDto }) full!: FigureDto;
  @ApiProperty({ type: FigureDto }) probationary!: FigureDto;
  @ApiProperty({ type: FigureDto }) studyGroupSessions!: FigureDto;
  @ApiProperty({ type: FigureDto }) collectiveSessions!: FigureDto;
  @ApiProperty({ type: FigureDto }) branchSessions!: FigureDto;
  @ApiProperty({ type: FigureDto }) lectures!: FigureDto;
  @ApiProperty({ type: FigureDto }) partyDays!: FigureDto;
  @ApiProperty({ type: RateDto }) attendance!: RateDto;
  @ApiProperty({ type: FigureDto }) hours!: FigureDto;
  @ApiProperty({ type: FigureDto }) hourMembers!: FigureDto;
  @ApiProperty({ type: RateDto }) hoursReached!: RateDto;
  @ApiProperty() note!: string;
}

export class StudyRowsDto {
  @ApiProperty({ type: [StudyRowDto] }) rows!: StudyRowDto[];
}

export class MonthRowDto {
  @ApiProperty() unitId!: string;
  @ApiProperty() unit!: string;
  @ApiProperty({ enum: Object.keys(unitKinds) }) kind!: UnitKind;
  @ApiProperty({ enum: Object.keys(sessionTypes) }) type!: SessionType;
  @ApiProperty({ enum: ['monthly', 'quarterly', 'yearly', 'none'] }) rule!: 'monthly' | 'quarterly' | 'yearly' | 'none';
  @ApiProperty({ type: [Number], description: 'January to December' }) months!: number[];
  @ApiProperty({ type: [String] }) sessionIds!: string[];
  @ApiProperty({ type: [String], description: 'months or quarters that a rule wanted' }) gaps!: readonly string[];
}

export class MonthRowsDto {
  @ApiProperty({ type: [MonthRowDto] }) rows!: MonthRowDto[];
}

export class AbsenceDto {
  @ApiProperty() reason!: string;
  @ApiProperty() count!: number;
}

export class BandsDto {
  @ApiProperty({ description: '90 and above' }) a90!: number;
  @ApiProperty({ description: '80 to 89.99' }) b80!: number;
  @ApiProperty({ description: '60 to 79.99' }) c60!: number;
  @ApiProperty({ description: 'below 60' }) d0!: number;
}

export class ExamStatsRowDto {
  @ApiProperty() examId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: Object.keys(examLevels) }) level!: ExamLevel;
  @ApiProperty() date!: string;
  @ApiProperty({ type: FigureDto }) due!: FigureDto;
  @ApiProperty({ type: FigureDto }) sat!: FigureDto;
  @ApiProperty({ type: [AbsenceDto] }) absent!: readonly AbsenceDto[];
  @ApiProperty({ type: RateDto }) participation!: RateDto;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths, rounded' }) meanMarks!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths' }) medianMarks!: number | null;
  @ApiProperty({ type: BandsDto, nullable: true }) bands!: BandsDto | null;
  @ApiProperty({ description: 'hundredths' }) threshold!: number;
  @ApiProperty({ type: RateDto, nullable: true }) atLeast!: RateDto | null;
  @ApiProperty({ type: RateDto, nullable: true }) pass!: RateDto | null;
  @ApiProperty({ type: RateDto, nullable: true }) excellent!: RateDto | null;
  @ApiProperty({ description: 'too few people for the reader to learn the marks' }) suppressed!: boolean;
}

export class ExamStatsRowsDto {
  @ApiProperty({ type: [ExamStatsRowDto] }) rows!: ExamStatsRowDto[];
}

export class StatRecordDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(recordKinds) }) kind!: RecordKind;
  @ApiProperty() date!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unit!: string;
  @ApiProperty({ type: String, nullable: true }) memberId!: string | null;
  @ApiProperty() person!: string;
  @ApiProperty() detail!: string;
  @ApiProperty({ description: 'what the record adds to the figure' }) amount!: number;
}

export class StatRecordPageDto {
  @ApiProperty({ type: [StatRecordDto] }) items!: readonly StatRecordDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class MemberHoursDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty() unit!: string;
  @ApiProperty({ description: 'hundredths' }) hours!: number;
  @ApiProperty({ description: 'hundredths' }) target!: number;
  @ApiProperty() reached!: boolean;
  @ApiProperty({ description: 'joiners of the period are not in the base of the rate' }) allPeriod!: boolean;
}

export class MemberHoursPageDto {
  @ApiProperty({ type: [MemberHoursDto] }) items!: readonly MemberHoursDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}
