import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
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
import { quizJoinings, quizScorings } from '@xuekao/contracts';
import type { QuizJoining, QuizScoring } from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';
import { contestStates } from '../live.store.js';
import type { ContestState } from '../live.store.js';

const scorings = Object.keys(quizScorings);
const joinings = Object.keys(quizJoinings);

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

  @ApiPropertyOptional({ default: 3, description: 'with first-n: how many right answers earn points' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  firstCount?: number;

  @ApiPropertyOptional({
    default: 0,
    description: 'hundredths more per further right answer in a row, at most 5 times',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  streakBonus?: number;

  @ApiPropertyOptional({ default: 0, description: 'hundredths that a wrong answer costs; nobody falls below zero' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  wrongPenalty?: number;

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

  @ApiPropertyOptional({ enum: joinings, default: 'open', description: 'who may come in, and until when' })
  @IsOptional()
  @IsIn(joinings)
  joining?: QuizJoining;

  @ApiPropertyOptional({ deprecated: true, description: 'true: joining open; false: joining before-first' })
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

  @ApiPropertyOptional({ default: false, description: 'goes on by itself while no console is there' })
  @IsOptional()
  @IsBoolean()
  advanceUnattended?: boolean;

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

  @ApiPropertyOptional({ description: 'so many questions, drawn by lot from the set and kept in its order' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(200)
  draw?: number;

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
  @ApiProperty({ type: String, nullable: true, description: 'the contest that it rehearses' })
  rehearsalOf!: string | null;
  @ApiPropertyOptional({ description: 'how many rehearsals there are of it; in lists alone' }) rehearsals?: number;
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

export class ContestUnitResultDto {
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ description: 'hundredths, over those who answered at least once' }) meanPoints!: number;
  @ApiProperty() participants!: number;
  @ApiProperty({ description: "members on the unit's roll" }) roll!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'null: fewer took part than the contest asks for' })
  place!: number | null;
}

export class ContestResultsDto {
  @ApiProperty({ type: ContestDto }) contest!: ContestDto;
  @ApiProperty({ type: [ContestResultDto] }) items!: ContestResultDto[];
  @ApiProperty({ type: [ContestUnitResultDto] }) units!: ContestUnitResultDto[];
}

export class ContestListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: contestStates, description: 'both where it is missing' })
  @IsOptional()
  @IsIn(contestStates)
  state?: ContestState;

  @ApiPropertyOptional({ description: 'true: rehearsals alone; false: none of them' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  isRehearsal?: boolean;

  @ApiPropertyOptional({ format: 'uuid', description: 'contests of this unit and of those below it' })
  @IsOptional()
  @IsUUID()
  unitId?: string;
}
