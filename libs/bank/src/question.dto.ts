import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { QuestionState, QuestionType, RecheckReason } from '@xuekao/contracts';
import { questionStates, questionTypes, recheckReasons } from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { shelves } from './question.store.js';
import type { Shelf } from './question.store.js';

/** A list per blank of at most 20 texts of at most 200 characters. */
export function IsWordings(): PropertyDecorator {
  const isText = (text: unknown): boolean => typeof text === 'string' && text.length <= 200;
  const isBlank = (texts: unknown): boolean => Array.isArray(texts) && texts.length <= 20 && texts.every(isText);
  const validate = (value: unknown): boolean => Array.isArray(value) && value.length <= 20 && value.every(isBlank);
  return ValidateBy({ name: 'isArray', validator: { validate } });
}

const types = Object.keys(questionTypes);
const states = Object.keys(questionStates);

export class QuestionListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: types }) @IsOptional() @IsIn(types) type?: QuestionType;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(60) topic?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 3 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3)
  difficulty?: number;
  @ApiPropertyOptional({ enum: states }) @IsOptional() @IsIn(states) state?: QuestionState;
  @ApiPropertyOptional({ enum: shelves, description: 'in use, retired, or waiting for another look; all when absent' })
  @IsOptional()
  @IsIn(shelves)
  shelf?: Shelf;
  @ApiPropertyOptional({ format: 'uuid' }) @IsOptional() @IsUUID() materialId?: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'what one import brought' })
  @IsOptional()
  @IsUUID()
  importId?: string;
}

export class QuestionPictureDto {
  @ApiProperty({ description: 'SHA-256 of its bytes' }) @Matches(/^[0-9a-f]{64}$/) id!: string;
  @ApiProperty({ description: 'what it shows, for who cannot see it' }) @IsString() @MaxLength(200) alt!: string;
  @ApiProperty({ description: 'pixels; the server knows better' }) @IsInt() width!: number;
  @ApiProperty() @IsInt() height!: number;
}

export class PartInputDto {
  @ApiPropertyOptional({ description: 'of the version before; absent for a new option' })
  @IsOptional()
  @IsString()
  @MaxLength(16)
  id?: string;
  @ApiProperty() @IsString() @MaxLength(500) text!: string;
  @ApiPropertyOptional({ type: QuestionPictureDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => QuestionPictureDto)
  picture?: QuestionPictureDto;
}

export class OptionInputDto extends PartInputDto {
  @ApiProperty() @IsBoolean() correct!: boolean;
}

export class PairInputDto {
  @ApiProperty({ type: PartInputDto })
  @IsObject()
  @ValidateNested()
  @Type(() => PartInputDto)
  left!: PartInputDto;
  @ApiProperty({ type: PartInputDto })
  @IsObject()
  @ValidateNested()
  @Type(() => PartInputDto)
  right!: PartInputDto;
}

export class QuestionInputDto {
  @ApiProperty({ enum: types }) @IsIn(types) type!: QuestionType;
  @ApiProperty() @IsString() @MaxLength(4000) stem!: string;
  @ApiPropertyOptional({ type: [QuestionPictureDto], description: 'of the stem' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => QuestionPictureDto)
  pictures?: QuestionPictureDto[];
  @ApiPropertyOptional({ format: 'uuid', description: 'material that the question asks about' })
  @IsOptional()
  @IsUUID()
  materialId?: string;
  @ApiPropertyOptional({ description: 'among the questions of its material; after the last one when absent' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  materialPlace?: number;
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: 'hundredths; a default for papers. An edit without it keeps what is there',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  suggestedMarks?: number | null;
  @ApiPropertyOptional({ type: [OptionInputDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => OptionInputDto)
  options?: OptionInputDto[];
  @ApiPropertyOptional({ description: 'true-false only' }) @IsOptional() @IsBoolean() truth?: boolean;
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'accepted wordings per blank',
  })
  @IsOptional()
  @IsWordings()
  answers?: string[][];
  @ApiPropertyOptional({ description: 'the blanks may be filled in any order' })
  @IsOptional()
  @IsBoolean()
  orderFree?: boolean;
  @ApiPropertyOptional({ type: [PartInputDto], description: 'what is to be ordered, in the right order' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PartInputDto)
  items?: PartInputDto[];
  @ApiPropertyOptional({ type: [PairInputDto], description: 'what belongs together' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PairInputDto)
  pairs?: PairInputDto[];
  @ApiPropertyOptional({ type: [PartInputDto], description: 'right sides without a left' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => PartInputDto)
  extraRights?: PartInputDto[];
  @ApiPropertyOptional({ description: 'reference answer of a short answer' })
  @IsOptional()
  @IsString()
  @MaxLength(8000)
  reference?: string;
  @ApiPropertyOptional({ type: [String], description: 'what earns marks' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  rubric?: string[];
  @ApiPropertyOptional({ description: 'most characters of a short answer' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5000)
  maxLength?: number;
  @ApiProperty() @IsString() @MaxLength(4000) explanation!: string;
  @ApiProperty() @IsString() @MaxLength(200) source!: string;
  @ApiProperty({ minimum: 1, maximum: 3 }) @IsInt() @Min(1) @Max(3) difficulty!: number;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(60) topic!: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(64) entryKey?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(64) factId?: string;
}

export class NewQuestionDto extends QuestionInputDto {
  @ApiProperty() @IsString() @MaxLength(64) code!: string;
}

export class QuestionEditDto extends QuestionInputDto {
  @ApiProperty({ description: 'version that was read; another one since then refuses the edit' })
  @IsInt()
  version!: number;
}

export class QuestionOptionDto {
  @ApiProperty() id!: string;
  @ApiProperty({ description: 'may be empty where there is a picture' }) text!: string;
  @ApiPropertyOptional({ type: QuestionPictureDto }) picture?: QuestionPictureDto;
}

export class BodyMaterialDto {
  @ApiProperty() id!: string;
  @ApiProperty() versionId!: string;
  @ApiProperty() title!: string;
  @ApiProperty() text!: string;
  @ApiPropertyOptional({ type: [QuestionPictureDto] }) pictures?: QuestionPictureDto[];
}

/** The body of every question on the wire: options of choices and orderings, the number of blanks, both sides of a matching. */
export class QuestionBodyDto {
  @ApiProperty({ enum: types }) type!: QuestionType;
  @ApiProperty() stem!: string;
  @ApiPropertyOptional({ type: [QuestionOptionDto] }) options?: QuestionOptionDto[];
  @ApiPropertyOptional() blanks?: number;
  @ApiPropertyOptional({ description: 'most characters of a short answer' }) maxLength?: number;
  @ApiPropertyOptional({ type: [QuestionOptionDto] }) lefts?: QuestionOptionDto[];
  @ApiPropertyOptional({ type: [QuestionOptionDto] }) rights?: QuestionOptionDto[];
  @ApiPropertyOptional({ type: [QuestionPictureDto] }) pictures?: QuestionPictureDto[];
  @ApiPropertyOptional({ type: BodyMaterialDto, description: 'what this and other questions ask about' })
  material?: BodyMaterialDto;
}

export class QuestionRecheckDto {
  @ApiProperty({ enum: Object.keys(recheckReasons) }) reason!: RecheckReason;
  @ApiProperty() since!: number;
  @ApiProperty({ description: 'the edition that changed the entry' }) note!: string;
}

export class QuestionSummaryDto {
  @ApiProperty() id!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ enum: types }) type!: QuestionType;
  @ApiProperty() topic!: string;
  @ApiProperty() difficulty!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths; a default for papers' })
  suggestedMarks!: number | null;
  @ApiProperty({ enum: states }) state!: QuestionState;
  @ApiProperty({ description: 'some version is in use, maybe an older one' }) isPublished!: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'version that papers and contests pin; null before publishing',
  })
  publishedVersionId!: string | null;
  @ApiProperty({ type: String, nullable: true }) entryKey!: string | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'version of the entry that it was written or checked against',
  })
  entryVersion!: number | null;
  @ApiProperty({ type: String, nullable: true }) factId!: string | null;
  @ApiProperty({ type: String, nullable: true }) materialId!: string | null;
  @ApiProperty({ type: Number, nullable: true }) materialPlace!: number | null;
  @ApiProperty({ description: '已停用' }) isRetired!: boolean;
  @ApiProperty({ type: String, nullable: true }) retiredReason!: string | null;
  @ApiProperty({ type: QuestionRecheckDto, nullable: true, description: '待复核' }) recheck!: QuestionRecheckDto | null;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty() version!: number;
  @ApiProperty() updatedAt!: number;
}

export class QuestionPageDto {
  @ApiProperty({ type: [QuestionSummaryDto] }) items!: QuestionSummaryDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class PairDto {
  @ApiProperty() @IsString() @MaxLength(16) left!: string;
  @ApiProperty() @IsString() @MaxLength(16) right!: string;
}

export class QuestionKeyDto {
  @ApiPropertyOptional({ type: [String], description: 'right options; of an ordering in the right order' })
  optionIds?: string[];
  @ApiPropertyOptional({ type: 'array', items: { type: 'array', items: { type: 'string' } } }) accepted?: string[][];
  @ApiPropertyOptional({ description: 'blanks may be filled in any order' }) orderFree?: boolean;
  @ApiPropertyOptional({ type: [PairDto] }) pairs?: PairDto[];
  @ApiPropertyOptional({ description: 'of a short answer' }) reference?: string;
  @ApiPropertyOptional({ type: [String], description: 'what earns marks' }) rubric?: string[];
}

export class QuestionDetailDto extends QuestionSummaryDto {
  @ApiProperty({ description: 'of the newest version, from 1' }) number!: number;
  @ApiProperty({ type: QuestionKeyDto, nullable: true, description: 'null for who may not edit' })
  key!: QuestionKeyDto | null;
  @ApiProperty({ type: String, nullable: true }) explanation!: string | null;
  @ApiProperty({ type: String, nullable: true }) source!: string | null;
}

export class QuestionChangedDto {
  @ApiProperty() id!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ enum: states }) state!: QuestionState;
  @ApiProperty() version!: number;
}

export class TopicDto {
  @ApiProperty() topic!: string;
  @ApiProperty() count!: number;
}

export class TopicListDto {
  @ApiProperty({ type: [TopicDto] }) items!: TopicDto[];
}

export class RowFaultDto {
  @ApiProperty() code!: string;
  @ApiProperty() message!: string;
}
