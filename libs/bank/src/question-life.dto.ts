import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LikenessKind, LikenessReason } from '@xuekao/contracts';
import { likenessKinds, likenessReasons } from '@xuekao/contracts';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { versionFields } from './core/index.js';
import type { VersionField } from './core/index.js';
import { bulkActs, mostBulkRows } from './question-life.service.js';
import type { BulkAct } from './question-life.service.js';
import { QuestionBodyDto, QuestionChangedDto, QuestionInputDto, QuestionKeyDto, RowFaultDto } from './question.dto.js';

export class RetireDto {
  @ApiProperty() @IsString() @MaxLength(200) reason!: string;
}

export class RecheckDto {
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) note?: string;
}

export class BulkActDto {
  @ApiProperty({ enum: bulkActs }) @IsIn(bulkActs) act!: BulkAct;
  @ApiProperty({ type: [String], format: 'uuid' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostBulkRows)
  @IsUUID('all', { each: true })
  ids!: string[];
  @ApiPropertyOptional({ description: 'needed to retire, kept with a recheck' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  reason?: string;
}

export class BulkRowDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: QuestionChangedDto, nullable: true }) question!: QuestionChangedDto | null;
  @ApiProperty({ type: RowFaultDto, nullable: true }) fault!: RowFaultDto | null;
}

export class BulkResultDto {
  @ApiProperty() done!: number;
  @ApiProperty() failed!: number;
  @ApiProperty({ type: [BulkRowDto] }) items!: BulkRowDto[];
}

export class QuestionVersionDto {
  @ApiProperty() versionId!: string;
  @ApiProperty({ description: 'from 1' }) number!: number;
  @ApiProperty({ type: String, nullable: true, description: 'account; null for shipped content' })
  authorId!: string | null;
  @ApiProperty() createdAt!: number;
  @ApiProperty({ description: 'the newest' }) isHead!: boolean;
  @ApiProperty({ description: 'the one in use' }) isPublished!: boolean;
}

export class QuestionVersionListDto {
  @ApiProperty({ type: [QuestionVersionDto] }) items!: QuestionVersionDto[];
}

export class QuestionVersionDetailDto extends QuestionVersionDto {
  @ApiProperty({ type: QuestionBodyDto }) body!: QuestionBodyDto;
  @ApiProperty({ type: QuestionKeyDto, nullable: true, description: 'null for who may not edit' })
  key!: QuestionKeyDto | null;
  @ApiProperty({ type: String, nullable: true }) explanation!: string | null;
  @ApiProperty({ type: String, nullable: true }) source!: string | null;
}

const fields = Object.keys(versionFields);

export class VersionChangeDto {
  @ApiProperty({ enum: fields }) field!: VersionField;
  @ApiProperty({ description: 'its Chinese name' }) name!: string;
  @ApiProperty({ type: String, nullable: true, description: 'id of the option that changed' }) part!: string | null;
  @ApiProperty({ type: String, nullable: true }) before!: string | null;
  @ApiProperty({ type: String, nullable: true }) after!: string | null;
}

export class VersionComparisonDto {
  @ApiProperty({ type: QuestionVersionDto }) from!: QuestionVersionDto;
  @ApiProperty({ type: QuestionVersionDto }) to!: QuestionVersionDto;
  @ApiProperty({ type: [VersionChangeDto] }) changes!: VersionChangeDto[];
}

export class SimilarInputDto extends QuestionInputDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'the question that is edited' })
  @IsOptional()
  @IsUUID()
  exceptId?: string;
}

export class SimilarQuestionDto {
  @ApiProperty({ enum: Object.keys(likenessKinds) }) kind!: LikenessKind;
  @ApiProperty({ description: '0 to 100' }) score!: number;
  @ApiProperty({ enum: Object.keys(likenessReasons) }) reason!: LikenessReason;
  @ApiProperty({ description: 'the reason in Chinese' }) message!: string;
  @ApiProperty() questionId!: string;
  @ApiProperty() code!: string;
}

export class SimilarListDto {
  @ApiProperty({ type: [SimilarQuestionDto] }) items!: SimilarQuestionDto[];
}
