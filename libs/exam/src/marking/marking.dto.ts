import { QuestionBodyDto } from '@xuekao/bank';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AnswerContent,
  ArbiterRule,
  MarkRounding,
  MarkerRole,
  MarkingMode,
  MarkingRules,
  ReviewFacet,
  ScriptCause,
  ScriptState,
} from '@xuekao/contracts';
import {
  arbiterRules,
  markRoundings,
  markerRoles,
  markingModes,
  reviewFacets,
  scriptCauses,
  scriptStates,
} from '@xuekao/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { ExampleCase } from '../core/index.js';
import { exampleCases } from '../core/index.js';
import { AnswerContentDto } from '../taking.dto.js';

const facets = Object.keys(reviewFacets);
const mostMarks = 1_000_000;

export class ShownFacetsDto {
  @ApiProperty({ enum: facets, isArray: true })
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(facets, { each: true })
  'hand-in'!: ReviewFacet[];
  @ApiProperty({ enum: facets, isArray: true })
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(facets, { each: true })
  close!: ReviewFacet[];
  @ApiProperty({ enum: facets, isArray: true })
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(facets, { each: true })
  later!: ReviewFacet[];
}

export class ReviewOptionsDto {
  @ApiProperty({ type: ShownFacetsDto, description: 'after hand-in, after the close, later' })
  @IsObject()
  @ValidateNested()
  @Type(() => ShownFacetsDto)
  shown!: ShownFacetsDto;
  @ApiProperty({ description: 'days after the close from which `later` holds' })
  @IsInt()
  @Min(0)
  @Max(3650)
  laterAfterDays!: number;
  @ApiPropertyOptional({ description: 'days for appeals from when the score shows; 7 when absent, none with 0' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(365)
  appealDays?: number;
}

export class MarkingRulesInputDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {},
    description: 'policies `{exam, sections, questions}`, each a set by type: multiple, blank, ordering, matching',
  })
  @IsObject()
  rules!: Record<string, unknown>;
}

export class PolicyExamplesInputDto {
  @ApiPropertyOptional({ description: 'a multiple choice of the paper; a sample of 4 points when absent' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  number?: number;
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true }, description: 'of multiple' })
  @IsArray()
  @ArrayMaxSize(12)
  @IsObject({ each: true })
  policies!: Record<string, unknown>[];
}

export class PolicyExampleDto {
  @ApiProperty({ enum: Object.keys(exampleCases) }) kind!: ExampleCase;
  @ApiProperty({ type: [String] }) chosen!: string[];
}

export class PolicyExamplesDto {
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty({ type: [String] }) optionIds!: string[];
  @ApiProperty({ type: [String] }) correct!: string[];
  @ApiProperty({ type: [PolicyExampleDto] }) examples!: PolicyExampleDto[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'number' } },
    description: 'hundredths, by policy and example',
  })
  marks!: number[][];
}

export class MarkingActDto {
  @ApiProperty() number!: number;
  @ApiProperty({ enum: ['void', 'give-all', 'key'] }) kind!: 'void' | 'give-all' | 'key';
}

export class MarkingSettingsDto {
  @ApiProperty() examId!: string;
  @ApiProperty({ description: 'counts every change of rules or marks' }) revision!: number;
  @ApiProperty({ type: 'object', additionalProperties: true }) rules!: MarkingRules;
  @ApiProperty({ type: [MarkingActDto], description: 'decided for single questions since' }) acts!: MarkingActDto[];
  @ApiProperty({ type: ReviewOptionsDto }) review!: ReviewOptionsDto;
  @ApiProperty({ description: 'somebody has handed in: rules change by a regrade' }) isMarked!: boolean;
}

export class RubricLineDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) text!: string;
  @ApiProperty({ description: 'hundredths' }) @IsInt() @Min(1) @Max(mostMarks) points!: number;
}

export class QuestionPlanInputDto {
  @ApiPropertyOptional({ enum: Object.keys(markingModes) })
  @IsOptional()
  @IsIn(Object.keys(markingModes))
  mode?: MarkingMode;
  @ApiPropertyOptional({ description: 'hundredths; further apart goes to an arbiter' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(mostMarks)
  threshold?: number;
  @ApiPropertyOptional({ description: 'hundredths; marks are multiples of it' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(mostMarks)
  step?: number;
  @ApiPropertyOptional({ enum: Object.keys(markRoundings), description: 'of the mean of two marks' })
  @IsOptional()
  @IsIn(Object.keys(markRoundings))
  rounding?: MarkRounding;
  @ApiPropertyOptional({ enum: Object.keys(arbiterRules) })
  @IsOptional()
  @IsIn(Object.keys(arbiterRules))
  arbiterRule?: ArbiterRule;
  @ApiPropertyOptional({ type: [RubricLineDto], description: 'adds up to the full mark; may be empty' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => RubricLineDto)
  rubric?: RubricLineDto[];
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' }, description: 'members who mark' })
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  markerIds!: string[];
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    description: 'members who arbitrate; none of the markers',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID(undefined, { each: true })
  arbiterIds?: string[];
}

export class QuestionPlanDto {
  @ApiProperty({ enum: Object.keys(markingModes) }) mode!: MarkingMode;
  @ApiProperty() threshold!: number;
  @ApiProperty() step!: number;
  @ApiProperty({ enum: Object.keys(markRoundings) }) rounding!: MarkRounding;
  @ApiProperty({ enum: Object.keys(arbiterRules) }) arbiterRule!: ArbiterRule;
  @ApiProperty({ type: [RubricLineDto] }) rubric!: RubricLineDto[];
}

export class MarkerProgressDto {
  @ApiProperty() memberId!: string;
  @ApiProperty({ enum: Object.keys(markerRoles) }) role!: MarkerRole;
  @ApiProperty() marked!: number;
}

export class QuestionMarkingDto {
  @ApiProperty() number!: number;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty({ type: QuestionPlanDto }) plan!: QuestionPlanDto;
  @ApiProperty({ description: 'has markers' }) isPlanned!: boolean;
  @ApiProperty({ type: [MarkerProgressDto] }) markers!: MarkerProgressDto[];
  @ApiProperty() scripts!: number;
  @ApiProperty() waiting!: number;
  @ApiProperty() arbitration!: number;
  @ApiProperty() final!: number;
  @ApiProperty({ description: 'scripts that two people marked' }) pairs!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'ICC(1,1); null where undefined' }) icc!: number | null;
  @ApiProperty() arbitrated!: number;
}

export class MarkingOverviewDto {
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: [QuestionMarkingDto] }) questions!: QuestionMarkingDto[];
}

export class MarkingOpenedDto {
  @ApiProperty({ description: 'scripts that are new before the markers' }) added!: number;
}

export class MarkerTaskDto {
  @ApiProperty() examId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() number!: number;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ enum: Object.keys(markerRoles) }) role!: MarkerRole;
  @ApiProperty() scripts!: number;
  @ApiProperty({ description: 'by this person' }) marked!: number;
  @ApiProperty({ description: 'that this person could still mark' }) left!: number;
}

export class MarkerTaskListDto {
  @ApiProperty({ type: [MarkerTaskDto] }) items!: MarkerTaskDto[];
}

export class NextScriptDto {
  @ApiProperty() @IsUUID() examId!: string;
  @ApiProperty() @IsInt() @Min(1) @Max(1000) number!: number;
}

export class EarlierMarkDto {
  @ApiProperty() marks!: number;
  @ApiProperty({ type: [Number], nullable: true }) points!: number[] | null;
  @ApiProperty({ type: String, nullable: true }) comment!: string | null;
}

/** Nothing here says whose answer it is. */
export class BlindScriptDto {
  @ApiProperty() id!: string;
  @ApiProperty() examId!: string;
  @ApiProperty() number!: number;
  @ApiProperty({ description: 'in an order drawn by lot' }) place!: number;
  @ApiProperty({ enum: Object.keys(scriptCauses) }) cause!: ScriptCause;
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty({ enum: Object.keys(markerRoles) }) role!: MarkerRole;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ type: [String], description: 'what a right answer says: wordings of blanks, or the reference answer' })
  reference!: string[];
  @ApiProperty({ type: QuestionPlanDto }) plan!: QuestionPlanDto;
  @ApiProperty({ type: AnswerContentDto, nullable: true }) answer!: AnswerContent | null;
  @ApiProperty({ type: [EarlierMarkDto], description: 'for an arbiter: both marks, lowest first' })
  earlier!: EarlierMarkDto[];
}

export class ScriptInHandDto {
  @ApiProperty({ type: BlindScriptDto, nullable: true, description: 'null: nothing left' })
  script!: BlindScriptDto | null;
}

export class JudgementDto {
  @ApiProperty({ description: 'hundredths' }) @IsInt() @Min(0) @Max(mostMarks) marks!: number;
  @ApiPropertyOptional({ type: [Number], description: 'per line of the rubric' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @IsInt({ each: true })
  points?: number[];
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(1000) comment?: string;
}

export class ScriptMarkedDto {
  @ApiProperty({ enum: Object.keys(scriptStates) }) state!: ScriptState;
}
