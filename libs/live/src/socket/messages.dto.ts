import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { quizHostActs, quizPhases } from '@xuekao/contracts';
import type {
  LiveAnswerBody,
  LiveCommandBody,
  LiveTimeBody,
  QuizAudience,
  QuizHostAct,
  QuizPhase,
} from '@xuekao/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const phases = Object.keys(quizPhases);

export class RoomJoinDto {
  @ApiProperty({ pattern: '^\\d{6}$' })
  @Matches(/^\d{6}$/)
  code!: string;
}

export class WatchDto {
  @IsUUID()
  roomId!: string;
}

export class ResumeDto {
  @IsUUID()
  roomId!: string;

  @IsIn(['player', 'host', 'screen'])
  role!: QuizAudience;

  @IsInt()
  @Min(0)
  lastSeq!: number;
}

export class ChoiceDto {
  @ApiPropertyOptional({ type: [Number], description: 'chosen options by their index in the question' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(0, { each: true })
  options?: number[];

  @ApiPropertyOptional({ type: [String], description: 'one text per blank' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  blanks?: string[];

  @ApiPropertyOptional({ type: [Number], description: 'every option by its index, first to last' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(0, { each: true })
  order?: number[];

  @ApiPropertyOptional({ type: [Number], description: 'per option the index of its target, -1 for none' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(-1, { each: true })
  pairs?: number[];
}

export class RoomAnswerContentDto {
  @ApiProperty({ format: 'uuid', description: 'made once per intention, the same for every retry' })
  @IsUUID()
  commandId!: string;

  @ApiProperty({ minimum: 0, description: 'index of the question' })
  @IsInt()
  @Min(0)
  @Max(999)
  question!: number;

  @ApiProperty({ type: ChoiceDto })
  @ValidateNested()
  @Type(() => ChoiceDto)
  choice!: ChoiceDto;
}

export class AnswerDto extends RoomAnswerContentDto implements LiveAnswerBody {
  @IsUUID()
  roomId!: string;
}

export class ActDto {
  @IsIn(quizHostActs)
  type!: QuizHostAct['type'];

  @IsOptional()
  @IsInt()
  @Min(1)
  seat?: number;

  @IsOptional()
  @IsInt()
  percent?: number;
}

export class ExpectDto {
  @IsIn(phases)
  phase!: QuizPhase;

  @IsInt()
  @Min(-1)
  question!: number;
}

export class CommandDto implements LiveCommandBody {
  @IsUUID()
  commandId!: string;

  @IsUUID()
  roomId!: string;

  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  console!: string;

  @ValidateNested()
  @Type(() => ActDto)
  act!: ActDto;

  @IsOptional()
  @ValidateNested()
  @Type(() => ExpectDto)
  expect?: ExpectDto;
}

export class TimeSyncDto implements LiveTimeBody {
  @IsOptional()
  @IsNumber()
  sentAt?: number;
}
