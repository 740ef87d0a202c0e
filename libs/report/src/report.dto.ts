import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  recordKinds,
  reportStates,
  sectionKeys,
  sentenceKeys,
  type RecordKind,
  type ReportState,
  type SectionKey,
  type SentenceKey,
} from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { IsCivilDate } from '@xuekao/org';
import { PageQuery } from '@xuekao/platform';
import { FigureDto } from '@xuekao/stats';

export class ReportListQueryDto extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1990)
  @Max(2100)
  year?: number;
}

class ReportHeadInputDto {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'who gives the report; null for the unit itself' })
  @IsOptional()
  @ValidateIf((_object, value) => value !== null)
  @IsUUID()
  authorMemberId?: string | null;

  @ApiPropertyOptional({ maxLength: 120 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  title?: string;

  @ApiPropertyOptional({ maxLength: 120 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  signature?: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: '2017-12-20' })
  @IsOptional()
  @ValidateIf((_object, value) => value !== null)
  @IsCivilDate()
  signedOn?: CivilDate | null;

  @ApiPropertyOptional({ description: 'marks in hundredths that the exam sentence names, 8000 where absent' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  threshold?: number;
}

export class CreateReportDto extends ReportHeadInputDto {
  @ApiProperty({ example: 2017 })
  @IsInt()
  @Min(1990)
  @Max(2100)
  year!: number;

  @ApiProperty()
  @IsUUID()
  unitId!: string;
}

export class ChangeReportDto extends ReportHeadInputDto {
  @ApiProperty()
  @IsInt()
  @Min(1)
  version!: number;
}

export class OmissionDto {
  @ApiProperty({ enum: Object.keys(sentenceKeys) })
  @IsIn(Object.keys(sentenceKeys))
  sentence!: SentenceKey;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MinLength(2)
  @MaxLength(200)
  reason!: string;
}

export class WriteSectionDto {
  @ApiProperty({ description: "the section's version that was read; 0 where nobody wrote it yet" })
  @IsInt()
  @Min(0)
  version!: number;

  @ApiProperty({ maxLength: 200 })
  @IsString()
  @MaxLength(200)
  heading!: string;

  @ApiProperty({ maxLength: 20000, description: 'one paragraph per line' })
  @IsString()
  @MaxLength(20_000)
  text!: string;

  @ApiPropertyOptional({ type: [OmissionDto], description: 'sentences left out, each with a reason' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => OmissionDto)
  omitted?: OmissionDto[];
}

export class FinaliseDto {
  @ApiProperty({ description: 'the version of the report that was read' })
  @IsInt()
  @Min(1)
  version!: number;
}

export class ReportHeadDto {
  @ApiProperty() id!: string;
  @ApiProperty() year!: number;
  @ApiProperty() unitId!: string;
  @ApiProperty({ type: String, nullable: true }) authorMemberId!: string | null;
  @ApiProperty() title!: string;
  @ApiProperty() signature!: string;
  @ApiProperty({ type: String, nullable: true }) signedOn!: string | null;
  @ApiProperty({ description: 'hundredths' }) threshold!: number;
  @ApiProperty({ enum: Object.keys(reportStates) }) state!: ReportState;
  @ApiProperty({ description: 'epoch milliseconds' }) createdAt!: number;
  @ApiProperty({ type: Number, nullable: true }) finalisedAt!: number | null;
  @ApiProperty() version!: number;
}

export class ReportPageDto {
  @ApiProperty({ type: [ReportHeadDto] }) items!: readonly ReportHeadDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

/** A figure with the ids of the records behind it. */
export class TracedFigureDto extends FigureDto {
  @ApiProperty({ type: [String] }) ids!: readonly string[];
}

export class SentencePartDto {
  @ApiProperty({ enum: ['text', 'slot', 'gap'] }) kind!: 'text' | 'slot' | 'gap';
  @ApiProperty() text!: string;
  @ApiProperty({ type: String, nullable: true }) slot!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'what is missing, in a gap' }) label!: string | null;
  @ApiProperty({ type: [String], description: 'keys of the figures behind a slot' }) figures!: string[];
}

export class SentenceDto {
  @ApiProperty({ enum: Object.keys(sentenceKeys) }) key!: SentenceKey;
  @ApiProperty() text!: string;
  @ApiProperty({ type: [SentencePartDto] }) parts!: SentencePartDto[];
}

export class HintDto {
  @ApiProperty() text!: string;
  @ApiProperty({ type: [String] }) ids!: readonly string[];
}

export class ReportSectionDto {
  @ApiProperty({ enum: Object.keys(sectionKeys) }) key!: SectionKey;
  @ApiProperty({ description: 'Chinese name of the section' }) name!: string;
  @ApiProperty({ type: String, nullable: true, description: 'first-level heading that stands before it' })
  part!: string | null;
  @ApiProperty() heading!: string;
  @ApiProperty() text!: string;
  @ApiProperty({ description: '0 where nobody wrote it yet' }) version!: number;
  @ApiProperty({ type: [SentenceDto] }) sentences!: SentenceDto[];
  @ApiProperty({ type: [OmissionDto] }) omitted!: OmissionDto[];
  @ApiProperty({ type: [HintDto] }) hints!: HintDto[];
}

export class DataGapDto {
  @ApiProperty({ enum: Object.keys(sectionKeys) }) section!: SectionKey;
  @ApiProperty({ enum: Object.keys(sentenceKeys) }) sentence!: SentenceKey;
  @ApiProperty() slot!: string;
  @ApiProperty() label!: string;
}

export class ReportDto extends ReportHeadDto {
  @ApiProperty() unit!: string;
  @ApiProperty({ description: 'last day that the figures know' }) asOf!: string;
  @ApiProperty({ type: [ReportSectionDto] }) sections!: ReportSectionDto[];
  @ApiProperty({ type: [TracedFigureDto] }) figures!: TracedFigureDto[];
  @ApiProperty({ type: [DataGapDto] }) gaps!: readonly DataGapDto[];
  @ApiProperty({ type: String, nullable: true, description: 'SHA-256 of the frozen content' }) checksum!: string | null;
}

export class FigureRecordDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(recordKinds) }) kind!: RecordKind;
  @ApiProperty() date!: string;
  @ApiProperty() title!: string;
  @ApiProperty() unit!: string;
  @ApiProperty() detail!: string;
}

export class FigureRecordsDto {
  @ApiProperty({ type: [FigureRecordDto] }) items!: FigureRecordDto[];
}
