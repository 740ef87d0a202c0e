import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  Difficulty,
  GuessReason,
  ImportFormat,
  ImportMode,
  ImportRowState,
  ImportState,
  PictureType,
  QuestionType,
} from '@xuekao/contracts';
import {
  guessReasons,
  importFormats,
  importModes,
  importRowStates,
  importStates,
  pictureTypes,
  questionTypes,
} from '@xuekao/contracts';
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
  ValidateNested,
} from 'class-validator';
import { IsWordings, QuestionPictureDto } from '../question.dto.js';

const formats = Object.keys(importFormats);
const types = Object.keys(questionTypes);

export class BankImportQuery {
  @ApiPropertyOptional({ enum: formats, description: 'a choice among texts; found by content when absent' })
  @IsOptional()
  @IsIn(formats)
  format?: ImportFormat;
  @ApiPropertyOptional({ default: '未分类', description: 'for questions that name none' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  topic?: string;
  @ApiPropertyOptional({ minimum: 1, maximum: 3, default: 2 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3)
  difficulty?: Difficulty;
}

export class BankImportTextDto extends BankImportQuery {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(1_000_000) text!: string;
}

/** `q` searches the names of the files. */
export class BankImportListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.keys(importStates) })
  @IsOptional()
  @IsIn(Object.keys(importStates))
  state?: ImportState;
}

export class BankImportRowsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: Object.keys(importRowStates), description: 'several parted by commas' })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  state?: string;
}

export class BankImportCommitDto {
  @ApiProperty({ enum: Object.keys(importModes) }) @IsIn(Object.keys(importModes)) mode!: ImportMode;
}

export class BankImportNumbersDto {
  @ApiPropertyOptional({ type: [Number], description: 'all that wait for it when absent' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5000)
  @IsInt({ each: true })
  numbers?: number[];
}

export class BankFilePictureDto extends QuestionPictureDto {
  @ApiProperty({ enum: pictureTypes, description: 'the server knows better' })
  @IsIn(pictureTypes)
  mediaType!: PictureType;
}

export class BankFileOptionDto {
  @ApiProperty() @IsString() @MaxLength(500) text!: string;
  @ApiProperty() @IsBoolean() correct!: boolean;
  @ApiPropertyOptional({ type: BankFilePictureDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => BankFilePictureDto)
  picture?: BankFilePictureDto;
}

export class BankFilePairDto {
  @ApiProperty() @IsString() @MaxLength(500) left!: string;
  @ApiProperty() @IsString() @MaxLength(500) right!: string;
}

export class BankFileMaterialDto {
  @ApiProperty() @IsString() @MaxLength(120) title!: string;
  @ApiProperty() @IsString() @MaxLength(20_000) text!: string;
  @ApiPropertyOptional({ type: [BankFilePictureDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => BankFilePictureDto)
  pictures?: BankFilePictureDto[];
}

/** A question as files carry it; what does not belong to its type is empty. */
export class BankFileQuestionDto {
  @ApiProperty({ enum: types }) @IsIn(types) type!: QuestionType;
  @ApiProperty() @IsString() @MaxLength(4000) stem!: string;
  @ApiPropertyOptional({ type: [BankFilePictureDto], description: 'below the stem; each one that the import brought' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => BankFilePictureDto)
  pictures: BankFilePictureDto[] = [];
  @ApiProperty({ type: [BankFileOptionDto] })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => BankFileOptionDto)
  options!: BankFileOptionDto[];
  @ApiProperty({ type: Boolean, nullable: true }) @IsOptional() @IsBoolean() truth!: boolean | null;
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'string' } } })
  @IsWordings()
  answers!: string[][];
  @ApiProperty() @IsBoolean() orderFree!: boolean;
  @ApiProperty({ type: [String], description: 'in the right order' })
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  order!: string[];
  @ApiProperty({ type: [BankFilePairDto] })
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => BankFilePairDto)
  pairs!: BankFilePairDto[];
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) spareRights!: string[];
  @ApiProperty() @IsString() @MaxLength(4000) reference!: string;
  @ApiProperty({ type: [String] }) @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) rubric!: string[];
  @ApiProperty({ type: BankFileMaterialDto, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => BankFileMaterialDto)
  material!: BankFileMaterialDto | null;
  @ApiProperty() @IsString() @MaxLength(4000) explanation!: string;
  @ApiProperty() @IsString() @MaxLength(200) source!: string;
  @ApiProperty({ type: Number, nullable: true }) @IsOptional() @IsInt() @Min(1) @Max(3) difficulty!: Difficulty | null;
  @ApiProperty() @IsString() @MaxLength(60) topic!: string;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths of a point' })
  @IsOptional()
  @IsInt()
  @Min(0)
  marks!: number | null;
  @ApiProperty({ description: 'empty: one is made' }) @IsString() @MaxLength(64) code!: string;
}

export class BankImportFaultDto {
  @ApiProperty() code!: string;
  @ApiProperty() message!: string;
  @ApiProperty({ type: String, nullable: true }) place!: string | null;
}

export class BankImportGuessDto {
  @ApiProperty({ enum: ['type', 'answer', 'options', 'number', 'picture', 'text'] }) what!: string;
  @ApiProperty() guess!: string;
  @ApiProperty({ enum: Object.keys(guessReasons) }) reason!: GuessReason;
  @ApiProperty() message!: string;
}

export class BankImportTwinDto {
  @ApiProperty({ type: String, nullable: true }) code!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'an earlier row of the same import' }) row!: number | null;
  @ApiProperty() score!: number;
}

export class BankImportUnreadDto {
  @ApiProperty() place!: string;
  @ApiProperty() text!: string;
}

export class BankImportRowDto {
  @ApiProperty({ description: 'from 1' }) number!: number;
  @ApiProperty({ enum: Object.keys(importRowStates) }) state!: ImportRowState;
  @ApiProperty({ description: 'number or name in the file' }) label!: string;
  @ApiProperty({ description: 'sheet and cell, line, paragraph or element' }) place!: string;
  @ApiProperty({ type: BankFileQuestionDto, nullable: true }) question!: BankFileQuestionDto | null;
  @ApiProperty({ type: [BankImportFaultDto] }) faults!: BankImportFaultDto[];
  @ApiProperty({ type: [BankImportGuessDto] }) guesses!: BankImportGuessDto[];
  @ApiProperty({ type: [BankImportTwinDto] }) twins!: BankImportTwinDto[];
  @ApiProperty() raw!: string;
  @ApiProperty({ type: String, nullable: true }) questionId!: string | null;
}

export class BankImportRowPageDto {
  @ApiProperty({ type: [BankImportRowDto] }) items!: BankImportRowDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class BankImportDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(importStates) }) state!: ImportState;
  @ApiProperty({ enum: formats }) format!: ImportFormat;
  @ApiProperty() formatName!: string;
  @ApiProperty() fileName!: string;
  @ApiProperty() topic!: string;
  @ApiProperty() difficulty!: number;
  @ApiProperty({ type: String, enum: Object.keys(importModes), nullable: true }) mode!: ImportMode | null;
  @ApiProperty({ description: 'rows done in the running step' }) done!: number;
  @ApiProperty({ description: 'rows that the running step has; 0 before it is known' }) expected!: number;
  @ApiProperty() total!: number;
  @ApiProperty() good!: number;
  @ApiProperty() unclear!: number;
  @ApiProperty() faulty!: number;
  @ApiProperty() known!: number;
  @ApiProperty() repeated!: number;
  @ApiProperty() conflict!: number;
  @ApiProperty() skipped!: number;
  @ApiProperty() imported!: number;
  @ApiProperty() undone!: number;
  @ApiProperty() kept!: number;
  @ApiProperty({ type: BankImportFaultDto, nullable: true }) failure!: BankImportFaultDto | null;
  @ApiProperty({ type: [BankImportUnreadDto], description: 'belongs to no question; at most 200' })
  unread!: BankImportUnreadDto[];
  @ApiProperty() authorId!: string;
  @ApiProperty() createdAt!: number;
  @ApiProperty({ type: Number, nullable: true }) committedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) undoneAt!: number | null;
}

export class BankImportUndoDto {
  @ApiPropertyOptional({
    enum: Object.keys(importModes),
    default: 'all-or-nothing',
    description: 'good-only leaves questions that are in use; else they stand in the way',
  })
  @IsOptional()
  @IsIn(Object.keys(importModes))
  mode?: ImportMode;
}

export class BankUndoStayDto {
  @ApiProperty({ description: 'of the row' }) number!: number;
  @ApiProperty() code!: string;
  @ApiProperty() reason!: string;
}

export class BankUndoPlanDto {
  @ApiProperty({ description: 'questions that would leave the bank' }) going!: number;
  @ApiProperty({ type: [BankUndoStayDto], description: 'reviewed, changed or published since' })
  staying!: BankUndoStayDto[];
}

export class BankImportPageDto {
  @ApiProperty({ type: [BankImportDto] }) items!: BankImportDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}
