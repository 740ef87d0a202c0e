import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { quizPhases, quizSeatFilters, quizSeatFlags } from '@xuekao/contracts';
import type {
  QuizListedSeat,
  QuizPhase,
  QuizSeatFilter,
  QuizSeatFlag,
  QuizUnitWaiting,
  QuizView,
} from '@xuekao/contracts';

const seatFilters = Object.keys(quizSeatFilters);
const phases = Object.keys(quizPhases);

export class JoinPreviewDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty({ enum: ['quiz', 'stage'], description: 'of a stage, phase and seats are not told' })
  kind!: 'quiz' | 'stage';
  @ApiProperty() title!: string;
  @ApiProperty() rehearsal!: boolean;
  @ApiProperty({ enum: phases }) phase!: QuizPhase;
  @ApiProperty() seats!: number;
  @ApiProperty() joiningLocked!: boolean;
}

export class ScreenTokenDto {
  @ApiProperty() token!: string;
  @ApiProperty() expiresAt!: number;
  @ApiProperty({ description: 'path of the web app that opens the screen' }) screenPath!: string;
}

export class ReceiptDto {
  @ApiProperty() commandId!: string;
  @ApiProperty() seq!: number;
  @ApiProperty({ description: 'server time of arrival' }) at!: number;
}

export class PictureQuery {
  @ApiPropertyOptional({ enum: ['player', 'host'], default: 'player' })
  @IsOptional()
  @IsIn(['player', 'host'])
  role: 'player' | 'host' = 'player';
}

export class ViewQuery extends PictureQuery {
  @ApiPropertyOptional({ description: 'seq of the last view; 304 when nothing changed since' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  since?: number;
}

export class RoomViewDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty() seq!: number;
  @ApiProperty() serverTime!: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'QuizView of contracts/live' })
  view!: QuizView;
}

export class SeatListQuery {
  @ApiPropertyOptional({ enum: seatFilters, default: 'all' })
  @IsOptional()
  @IsIn(seatFilters)
  show: QuizSeatFilter = 'all';

  @ApiPropertyOptional({ description: 'part of a name or of a unit name', maxLength: 60 })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  q: string = '';

  @ApiPropertyOptional({ default: 0, description: '`next` of the former page' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after: number = 0;

  @ApiPropertyOptional({ default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class ListedSeatDto implements QuizListedSeat {
  @ApiProperty() seat!: number;
  @ApiProperty({ format: 'uuid' }) memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty() points!: number;
  @ApiProperty() correct!: number;
  @ApiProperty() answers!: number;
  @ApiProperty() answered!: boolean;
  @ApiProperty({ type: Number, nullable: true }) place!: number | null;
  @ApiProperty() kicked!: boolean;
  @ApiProperty({ description: 'time to answer in percent of the common time' }) timePercent!: number;
  @ApiProperty({
    enum: Object.keys(quizSeatFlags),
    isArray: true,
    description: 'to look at; nothing follows from them',
  })
  flags!: QuizSeatFlag[];
}

export class SeatListDto {
  @ApiProperty({ type: [ListedSeatDto] }) items!: readonly ListedSeatDto[];
  @ApiProperty() total!: number;
  @ApiProperty({ type: Number, nullable: true }) next!: number | null;
}

export class UnitWaitingDto implements QuizUnitWaiting {
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty() seats!: number;
  @ApiProperty() waiting!: number;
  @ApiProperty({ type: [String], description: 'the first twenty' }) names!: readonly string[];
}

export class WaitingDto {
  @ApiProperty({ description: 'index of the question on show, -1 in the lobby' }) question!: number;
  @ApiProperty({ type: [UnitWaitingDto] }) units!: readonly UnitWaitingDto[];
}
