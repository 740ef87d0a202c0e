import { QuestionBodyDto } from '@xuekao/bank';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AttemptPolicy,
  ExamBook,
  ExamLevel,
  ExamState,
  MultiplePolicy,
  RecheckReason,
  ReviewPolicy,
  SectionType,
  SittingState,
} from '@xuekao/contracts';
import {
  attemptPolicies,
  examBooks,
  examLevels,
  examStates,
  multiplePolicies,
  recheckReasons,
  reviewPolicies,
  sectionTypes,
  sittingStates,
} from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const sections = Object.keys(sectionTypes);
const policies = Object.keys(attemptPolicies);
const levels = Object.keys(examLevels);
/** The year 2100: later instants are typing errors. */
const latest = Date.UTC(2100, 0, 1);
const states = Object.keys(examStates);

/** Questions by difficulty: 1 易, 2 中, 3 难. */
export class DifficultyMixDto {
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(300) '1'?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(300) '2'?: number;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(300) '3'?: number;
}

export class BlueprintSectionDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @ApiProperty({ enum: sections, description: 'material: whole materials with all their questions' })
  @IsIn(sections)
  type!: SectionType;
  @ApiProperty({ description: 'questions; of a section of materials, materials' })
  @IsInt()
  @Min(1)
  @Max(300)
  count!: number;
  @ApiProperty({ description: 'per question, in hundredths' }) @IsInt() @Min(1) @Max(1_000_000) marks!: number;
  @ApiPropertyOptional({
    description: 'of a section of materials: exactly so many questions about each; any when absent',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(300)
  questionsEach?: number;
  @ApiPropertyOptional({ type: [String], description: 'any when absent or empty' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(60, { each: true })
  topics?: string[];
  @ApiPropertyOptional({ type: [Number], description: '1 to 3; any when absent or empty' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @IsInt({ each: true })
  difficulties?: number[];
  @ApiPropertyOptional({ type: DifficultyMixDto, description: 'so many of each difficulty, together `count`' })
  @IsOptional()
  @ValidateNested()
  @Type(() => DifficultyMixDto)
  mix?: DifficultyMixDto;
  @ApiPropertyOptional({ type: [String], description: 'codes that must come into this section' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(300)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  must?: string[];
}

export class HandPickDto {
  @ApiProperty({ description: 'code of a published question' }) @IsString() @MaxLength(64) code!: string;
  @ApiPropertyOptional({ description: 'in hundredths; the suggested marks of the question when absent' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  marks?: number;
}

/** Exactly one of `sections` and `picks`. */
export class PaperPlanDto {
  @ApiPropertyOptional({ type: [BlueprintSectionDto], description: 'drawn from the bank' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => BlueprintSectionDto)
  sections?: BlueprintSectionDto[];
  @ApiPropertyOptional({ type: [String], description: 'codes that must not come' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5000)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  mustNot?: string[];
  @ApiPropertyOptional({ description: 'the same seed draws the same paper again' })
  @IsOptional()
  @Matches(/^[A-Za-z0-9-]{1,64}$/)
  seed?: string;
  @ApiPropertyOptional({ type: [HandPickDto], description: 'chosen by hand, in their order' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => HandPickDto)
  picks?: HandPickDto[];
}

export class ExamInputDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(120) title!: string;
  @ApiProperty() @IsUUID() unitId!: string;
  @ApiProperty({ enum: levels }) @IsIn(levels) level!: ExamLevel;
  @ApiProperty() @IsInt() @Min(0) @Max(latest) opensAt!: number;
  @ApiProperty() @IsInt() @Min(0) @Max(latest) closesAt!: number;
  @ApiProperty({ minimum: 1, maximum: 600 }) @IsInt() limitMinutes!: number;
  @ApiPropertyOptional({
    minimum: 0,
    maximum: 300_000,
    default: 10_000,
    description: 'answers are still taken for so long after a deadline',
  })
  @IsOptional()
  @IsInt()
  graceMs?: number;
  @ApiPropertyOptional({ default: 8000, description: 'hundredths on the scale of 100' })
  @IsOptional()
  @IsInt()
  passLine?: number;
  @ApiPropertyOptional({ default: 9000 }) @IsOptional() @IsInt() excellentLine?: number;
  @ApiPropertyOptional({ default: 1 }) @IsOptional() @IsInt() @Min(1) @Max(20) attempts?: number;
  @ApiPropertyOptional({ enum: policies, default: 'best', description: 'which of several attempts counts' })
  @IsOptional()
  @IsIn(policies)
  attemptPolicy?: AttemptPolicy;
  @ApiPropertyOptional({ enum: Object.keys(reviewPolicies), default: 'after-close' })
  @IsOptional()
  @IsIn(Object.keys(reviewPolicies))
  review?: ReviewPolicy;
  @ApiPropertyOptional({ enum: Object.keys(examBooks), default: 'closed' })
  @IsOptional()
  @IsIn(Object.keys(examBooks))
  book?: ExamBook;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(4000) rules?: string;
  @ApiPropertyOptional({ enum: Object.keys(multiplePolicies), default: 'all-or-nothing' })
  @IsOptional()
  @IsIn(Object.keys(multiplePolicies))
  multiplePolicy?: MultiplePolicy;
  @ApiPropertyOptional({ default: true }) @IsOptional() @IsBoolean() shuffleQuestions?: boolean;
  @ApiPropertyOptional({ default: true }) @IsOptional() @IsBoolean() shuffleOptions?: boolean;
  @ApiPropertyOptional({ description: 'the first exam that this one makes up' })
  @IsOptional()
  @IsUUID()
  makeUpOf?: string;
}

export class NewExamDto extends ExamInputDto {
  @ApiProperty({ type: PaperPlanDto })
  @IsNotEmpty()
  @ValidateNested()
  @Type(() => PaperPlanDto)
  paper!: PaperPlanDto;
}

export class ExamEditDto extends ExamInputDto {
  @ApiProperty({ description: 'version that was read' }) @IsInt() version!: number;
  @ApiPropertyOptional({ type: PaperPlanDto, description: 'a new paper; the old one stays when absent' })
  @IsOptional()
  @ValidateNested()
  @Type(() => PaperPlanDto)
  paper?: PaperPlanDto;
}

export class ExamListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: states }) @IsOptional() @IsIn(states) state?: ExamState;
  @ApiPropertyOptional() @IsOptional() @Type(() => Number) @IsInt() year?: number;
}

export class ExtendDto {
  @ApiProperty({ minimum: 1, maximum: 1440 }) @IsInt() minutes!: number;
  @ApiPropertyOptional({ description: 'one person; everybody when absent' }) @IsOptional() @IsUUID() memberId?: string;
  @ApiPropertyOptional({ description: 'everybody of a unit and of the units below it' })
  @IsOptional()
  @IsUUID()
  unitId?: string;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}

export class CloseDto {
  @ApiPropertyOptional({ default: false, description: 'take in papers that are still being worked on' })
  @IsOptional()
  @IsBoolean()
  collect?: boolean;
}

export class ExamDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty({ enum: levels }) level!: ExamLevel;
  @ApiProperty({ enum: states }) state!: ExamState;
  @ApiProperty() paperId!: string;
  @ApiProperty() opensAt!: number;
  @ApiProperty() closesAt!: number;
  @ApiProperty() limitMinutes!: number;
  @ApiProperty() graceMs!: number;
  @ApiProperty({ description: 'given to everybody' }) extraMinutes!: number;
  @ApiProperty() passLine!: number;
  @ApiProperty() excellentLine!: number;
  @ApiProperty() attempts!: number;
  @ApiProperty({ enum: policies }) attemptPolicy!: AttemptPolicy;
  @ApiProperty({ enum: Object.keys(reviewPolicies) }) review!: ReviewPolicy;
  @ApiProperty({ enum: Object.keys(examBooks) }) book!: ExamBook;
  @ApiProperty({ type: String, nullable: true }) rules!: string | null;
  @ApiProperty({ enum: Object.keys(multiplePolicies) }) multiplePolicy!: MultiplePolicy;
  @ApiProperty() shuffleQuestions!: boolean;
  @ApiProperty() shuffleOptions!: boolean;
  @ApiProperty({ type: String, nullable: true }) makeUpOf!: string | null;
  @ApiProperty({ type: Number, nullable: true }) publishedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) closedAt!: number | null;
  @ApiProperty() version!: number;
}

export class ExamPageDto {
  @ApiProperty({ type: [ExamDto] }) items!: ExamDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

/** Why an organiser should look at a question of the paper again. */
export class QuestionAttentionDto {
  @ApiProperty({ enum: Object.keys(recheckReasons), nullable: true, description: '待复核: its handbook entry changed' })
  recheck!: RecheckReason | null;
  @ApiProperty({ type: String, nullable: true, description: 'the edition that changed it' }) note!: string | null;
  @ApiProperty({ type: String, nullable: true, description: '已停用, with its reason' }) retiredReason!: string | null;
}

export class PaperItemDto {
  @ApiProperty() number!: number;
  @ApiProperty() section!: number;
  @ApiProperty() sectionName!: string;
  @ApiProperty() code!: string;
  @ApiProperty() questionId!: string;
  @ApiProperty() versionId!: string;
  @ApiProperty({ description: 'hundredths' }) marks!: number;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ type: QuestionAttentionDto, nullable: true }) attention!: QuestionAttentionDto | null;
}

export class PaperDto {
  @ApiProperty({ type: String, nullable: true, description: 'null of a preview' }) id!: string | null;
  @ApiProperty({ enum: ['draw', 'hand'] }) kind!: 'draw' | 'hand';
  @ApiProperty({ type: String, nullable: true }) seed!: string | null;
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty({ description: 'questions that wait for another look or are retired' }) toCheck!: number;
  @ApiProperty({ type: [PaperItemDto] }) items!: PaperItemDto[];
  @ApiProperty({ type: [BlueprintSectionDto], nullable: true, description: 'what it was drawn from; null by hand' })
  sections!: BlueprintSectionDto[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'codes that must not come' }) mustNot!: string[] | null;
}

const sittings = Object.keys(sittingStates);

export class SittingDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unitName!: string;
  @ApiProperty({ enum: sittings }) state!: SittingState;
  @ApiProperty({ type: String, nullable: true }) exemption!: string | null;
  @ApiProperty({ type: Number, nullable: true }) startedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) deadlineAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) endedAt!: number | null;
  @ApiProperty({ description: 'answers kept' }) saved!: number;
  @ApiProperty({ type: Number, nullable: true }) lastSavedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'the one that counts, on the scale of 100, in hundredths' })
  score!: number | null;
  @ApiProperty({ type: Boolean, nullable: true }) isPassed!: boolean | null;
}

export class UnitProgressDto {
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unitName!: string;
  @ApiProperty() due!: number;
  @ApiProperty() notStarted!: number;
  @ApiProperty() working!: number;
  @ApiProperty() handedIn!: number;
  @ApiProperty() absent!: number;
  @ApiProperty() exempt!: number;
}

export class ExamProgressDto {
  @ApiProperty() examId!: string;
  @ApiProperty() serverNow!: number;
  @ApiProperty({ type: [UnitProgressDto] }) units!: UnitProgressDto[];
  @ApiProperty({ type: UnitProgressDto }) total!: UnitProgressDto;
  @ApiProperty({ type: [SittingDto] }) members!: SittingDto[];
}

export class ExamResultsDto {
  @ApiProperty({ type: ExamDto }) exam!: ExamDto;
  @ApiProperty() due!: number;
  @ApiProperty() sat!: number;
  @ApiProperty({ description: 'sat, and a person still has to mark something' }) waiting!: number;
  @ApiProperty() passed!: number;
  @ApiProperty() excellent!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths, floored; null when nobody sat' })
  mean!: number | null;
  @ApiProperty({ type: [SittingDto] }) members!: SittingDto[];
}
