import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { QuestionState, QuestionType } from '@xuekao/contracts';
import { questionStates, questionTypes } from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

/** A list per blank of at most 20 texts of at most 200 characters. */
function IsWordings(): PropertyDecorator {
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
}

export class OptionInputDto {
  @ApiPropertyOptional({ description: 'of the version before; absent for a new option' })
  @IsOptional()
  @IsString()
  @MaxLength(16)
  id?: string;
  @ApiProperty() @IsString() @MaxLength(500) text!: string;
  @ApiProperty() @IsBoolean() correct!: boolean;
}

export class QuestionInputDto {
  @ApiProperty({ enum: types }) @IsIn(types) type!: QuestionType;
  @ApiProperty() @IsString() @MaxLength(4000) stem!: string;
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

export class PasteDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(1_000_000) text!: string;
}

export class PasteImportDto extends PasteDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(60) topic!: string;
  @ApiProperty({ minimum: 1, maximum: 3 }) @IsInt() @Min(1) @Max(3) difficulty!: number;
  @ApiProperty({ enum: ['good-only', 'all-or-nothing'] })
  @IsIn(['good-only', 'all-or-nothing'])
  mode!: 'good-only' | 'all-or-nothing';
}

export class QuestionOptionDto {
  @ApiProperty() id!: string;
  @ApiProperty() text!: string;
}

/** The body of every question on the wire: options for choices, the number of blanks for fill-ins. */
export class QuestionBodyDto {
  @ApiProperty({ enum: types }) type!: QuestionType;
  @ApiProperty() stem!: string;
  @ApiPropertyOptional({ type: [QuestionOptionDto] }) options?: QuestionOptionDto[];
  @ApiPropertyOptional() blanks?: number;
}

export class QuestionSummaryDto {
  @ApiProperty() id!: string;
  @ApiProperty() code!: string;
  @ApiProperty({ enum: types }) type!: QuestionType;
  @ApiProperty() topic!: string;
  @ApiProperty() difficulty!: number;
  @ApiProperty({ enum: states }) state!: QuestionState;
  @ApiProperty({ description: 'some version is in use, maybe an older one' }) isPublished!: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'version that papers and contests pin; null before publishing',
  })
  publishedVersionId!: string | null;
  @ApiProperty({ type: String, nullable: true }) entryKey!: string | null;
  @ApiProperty({ type: String, nullable: true }) factId!: string | null;
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty() version!: number;
  @ApiProperty() updatedAt!: number;
}

export class QuestionPageDto {
  @ApiProperty({ type: [QuestionSummaryDto] }) items!: QuestionSummaryDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class QuestionKeyDto {
  @ApiPropertyOptional({ type: [String] }) optionIds?: string[];
  @ApiPropertyOptional({ type: 'array', items: { type: 'array', items: { type: 'string' } } }) accepted?: string[][];
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

export class PasteRowDto {
  @ApiProperty({ description: 'line of the question’s number, from 1' }) line!: number;
  @ApiProperty() number!: string;
  @ApiProperty() stem!: string;
  @ApiProperty({ type: QuestionBodyDto, nullable: true }) body!: QuestionBodyDto | null;
  @ApiProperty({ type: QuestionKeyDto, nullable: true }) key!: QuestionKeyDto | null;
  @ApiProperty({ type: RowFaultDto, nullable: true }) fault!: RowFaultDto | null;
}

export class PastePreviewDto {
  @ApiProperty({ type: [PasteRowDto] }) rows!: PasteRowDto[];
  @ApiProperty() good!: number;
  @ApiProperty() bad!: number;
}

export class PasteImportedDto {
  @ApiProperty() added!: number;
  @ApiProperty({ type: [String] }) codes!: string[];
}
