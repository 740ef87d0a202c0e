import { PairDto } from '@xuekao/bank';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AppealState, MarkSource, RegradeKind, RegradeState } from '@xuekao/contracts';
import { appealStates, markSources, regradeKinds, regradeStates } from '@xuekao/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FlipDirection } from '../core/index.js';
import { flipDirections } from '../core/index.js';

const requested = ['key', 'policy', 'give-all', 'void', 'restore', 'appeals'] as const;

export class RegradeReasonDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}

const keyKinds = ['choice', 'blank', 'order', 'pairs'] as const;

/** The right answer as it should have been; of the same options as were shown. */
export class CorrectedKeyDto {
  @ApiProperty({ enum: keyKinds }) @IsIn(keyKinds) kind!: (typeof keyKinds)[number];
  @ApiPropertyOptional({ type: [String], description: 'of choice and order' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(16, { each: true })
  optionIds?: string[];
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'of blank: accepted wordings of every blank',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsArray({ each: true })
  @ArrayMaxSize(50, { each: true })
  accepted?: string[][];
  @ApiPropertyOptional() @IsOptional() @IsBoolean() orderFree?: boolean;
  @ApiPropertyOptional({ type: [PairDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PairDto)
  pairs?: PairDto[];
}

export class NewRegradeDto extends RegradeReasonDto {
  @ApiProperty({ enum: requested }) @IsIn(requested) kind!: (typeof requested)[number];
  @ApiPropertyOptional({
    type: [Number],
    description: 'of key (one), give-all, void and restore: numbers on the paper',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(300)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(1000, { each: true })
  numbers?: number[];
  @ApiPropertyOptional({ type: CorrectedKeyDto, description: 'of key; absent: that of the published new version' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => CorrectedKeyDto)
  key?: CorrectedKeyDto;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'of policy; as in marking rules' })
  @IsOptional()
  @IsObject()
  rules?: Record<string, unknown>;
  @ApiPropertyOptional({ description: 'the appeal that it is begun from; about one of the questions' })
  @IsOptional()
  @IsString()
  @MaxLength(36)
  appealId?: string;
}

export class ExamCountsDto {
  @ApiProperty({ description: '实考' }) sat!: number;
  @ApiProperty({ description: '待阅卷' }) waiting!: number;
  @ApiProperty() passed!: number;
  @ApiProperty() excellent!: number;
  @ApiProperty({ description: 'sum of the best scores in hundredths; mean = total ÷ (sat − waiting)' }) total!: number;
}

export class RegradeDto {
  @ApiProperty() id!: string;
  @ApiProperty() examId!: string;
  @ApiProperty({ enum: Object.keys(regradeKinds) }) kind!: RegradeKind;
  @ApiProperty({ enum: Object.keys(regradeStates) }) state!: RegradeState;
  @ApiProperty({ type: [Number], description: 'questions that are touched' }) numbers!: number[];
  @ApiProperty() reason!: string;
  @ApiProperty() changedAttempts!: number;
  @ApiProperty() changedMarks!: number;
  @ApiProperty({ description: 'people who pass now and did not, or the other way' }) flips!: number;
  @ApiProperty({ type: ExamCountsDto }) before!: ExamCountsDto;
  @ApiProperty({ type: ExamCountsDto }) after!: ExamCountsDto;
  @ApiProperty() proposerName!: string;
  @ApiProperty() proposedAt!: number;
  @ApiProperty({ description: 'the signed-in person proposed it and may not confirm it' }) isOwn!: boolean;
  @ApiProperty({ type: String, nullable: true }) deciderName!: string | null;
  @ApiProperty({ type: Number, nullable: true }) decidedAt!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'the run that this one takes back' })
  reverseOf!: string | null;
  @ApiProperty({ type: String, nullable: true }) reversedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the appeal that it was begun from' })
  appealId!: string | null;
}

export class RegradeListDto {
  @ApiProperty({ type: [RegradeDto] }) items!: RegradeDto[];
}

export class RegradeFlipDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ enum: Object.keys(flipDirections) }) direction!: FlipDirection;
  @ApiProperty({ type: Number, nullable: true }) oldScore!: number | null;
  @ApiProperty({ type: Number, nullable: true }) newScore!: number | null;
}

export class RegradedAppealDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'on the common paper' }) number!: number;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: Object.keys(appealStates) }) state!: AppealState;
}

export class RegradeDetailDto {
  @ApiProperty({ type: RegradeDto }) run!: RegradeDto;
  @ApiProperty() title!: string;
  @ApiProperty({ description: '应考' }) due!: number;
  @ApiProperty() passLine!: number;
  @ApiProperty({ type: [RegradeFlipDto] }) flips!: RegradeFlipDto[];
  @ApiProperty({ type: [RegradedAppealDto], description: 'that it was begun from, or took the second marks of' })
  appeals!: RegradedAppealDto[];
}

export class MarkChangeDto {
  @ApiProperty() number!: number;
  @ApiProperty({ type: Number, nullable: true }) oldMarks!: number | null;
  @ApiProperty() oldFull!: number;
  @ApiProperty({ type: Number, nullable: true }) newMarks!: number | null;
  @ApiProperty() newFull!: number;
  @ApiProperty({ enum: Object.keys(markSources) }) decidedBy!: MarkSource;
}

export class RegradedAttemptDto {
  @ApiProperty() attemptId!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ type: Number, nullable: true }) oldRaw!: number | null;
  @ApiProperty({ type: Number, nullable: true }) newRaw!: number | null;
  @ApiProperty() oldFull!: number;
  @ApiProperty() newFull!: number;
  @ApiProperty({ type: Number, nullable: true }) oldScore!: number | null;
  @ApiProperty({ type: Number, nullable: true }) newScore!: number | null;
  @ApiProperty({ type: [MarkChangeDto] }) marks!: MarkChangeDto[];
}

export class RegradedAttemptPageDto {
  @ApiProperty({ type: [RegradedAttemptDto] }) items!: RegradedAttemptDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}
