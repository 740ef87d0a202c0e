import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { quizPhases, quizScorings } from '@xuekao/contracts';
import type { QuizPhase, QuizScoring, QuizView } from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';

const scorings = Object.keys(quizScorings);
const phases = Object.keys(quizPhases);

export class QuizOptionsDto {
  @ApiPropertyOptional({ enum: scorings, default: 'flat' })
  @IsOptional()
  @IsIn(scorings)
  scoring?: QuizScoring;

  @ApiPropertyOptional({ description: 'hundredths of a point for a right answer', default: 1000 })
  @IsOptional()
  @IsInt()
  @Min(100)
  @Max(100_000)
  points?: number;

  @ApiPropertyOptional({ default: 20_000 })
  @IsOptional()
  @IsInt()
  @Min(3_000)
  @Max(600_000)
  limitMs?: number;

  @ApiPropertyOptional({ default: 3_000 })
  @IsOptional()
  @IsInt()
  @Min(300)
  @Max(60_000)
  readingMs?: number;

  @ApiPropertyOptional({ default: 500 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(3_000)
  graceMs?: number;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  changeable?: boolean;

  @ApiPropertyOptional({ default: true })
  @IsOptional()
  @IsBoolean()
  lateJoin?: boolean;

  @ApiPropertyOptional({ default: true })
  @IsOptional()
  @IsBoolean()
  shuffleOptions?: boolean;

  @ApiPropertyOptional({ default: true })
  @IsOptional()
  @IsBoolean()
  lockWhenAllAnswered?: boolean;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  autoAdvance?: boolean;

  @ApiPropertyOptional({ default: 10 })
  @IsOptional()
  @IsInt()
  @Min(3)
  @Max(50)
  boardSize?: number;

  @ApiPropertyOptional({ default: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  minUnitParticipants?: number;
}

export class NewContestDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  setId!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  unitId!: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @Length(1, 120)
  title!: string;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  rehearsal?: boolean;

  @ApiPropertyOptional({ type: QuizOptionsDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuizOptionsDto)
  options?: QuizOptionsDto;
}

export class ContestDto {
  @ApiProperty({ format: 'uuid', description: 'also the id of its room' }) id!: string;
  @ApiProperty({ format: 'uuid' }) setId!: string;
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true, description: 'six digits while it runs' }) code!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'path of the web app to put into the QR code' })
  joinPath!: string | null;
  @ApiProperty() rehearsal!: boolean;
  @ApiProperty() questions!: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'QuizOptions' }) options!: object;
  @ApiProperty() hostName!: string;
  @ApiProperty() createdAt!: number;
  @ApiProperty({ type: Number, nullable: true }) endedAt!: number | null;
}

export class ContestPageDto {
  @ApiProperty({ type: [ContestDto] }) items!: ContestDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class JoinPreviewDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
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

export class ViewQuery {
  @ApiPropertyOptional({ enum: ['player', 'host'], default: 'player' })
  @IsOptional()
  @IsIn(['player', 'host'])
  role: 'player' | 'host' = 'player';

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

export class ContestResultDto {
  @ApiProperty() seat!: number;
  @ApiProperty({ format: 'uuid' }) memberId!: string;
  @ApiProperty() memberName!: string;
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ description: 'hundredths of a point' }) points!: number;
  @ApiProperty() correct!: number;
  @ApiProperty() answered!: number;
  @ApiProperty() scoringMs!: number;
  @ApiProperty({ type: Number, nullable: true }) place!: number | null;
}

export class ContestResultsDto {
  @ApiProperty({ type: ContestDto }) contest!: ContestDto;
  @ApiProperty({ type: [ContestResultDto] }) items!: ContestResultDto[];
}

export class ContestListQuery extends PageQuery {}
