import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ExamLevel, ExternalStatus } from '@xuekao/contracts';
import { examLevels, externalStatuses } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { IsCivilDate } from '@xuekao/org';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

const levels = Object.keys(examLevels);
const statuses = Object.keys(externalStatuses);

export class NewExternalExamDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(120) title!: string;
  @ApiProperty({ enum: levels }) @IsIn(levels) level!: ExamLevel;
  @ApiProperty({ type: String, format: 'date' }) @IsCivilDate() heldOn!: CivilDate;
  @ApiProperty() @IsUUID() unitId!: string;
  @ApiPropertyOptional({ default: 10_000, description: 'full marks in hundredths' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  full?: number;
  @ApiPropertyOptional({ default: 8000, description: 'hundredths on the scale of 100' })
  @IsOptional()
  @IsInt()
  passLine?: number;
  @ApiPropertyOptional({ default: 9000 }) @IsOptional() @IsInt() excellentLine?: number;
}

export class ImportModeQuery {
  @ApiProperty({ enum: ['good-only', 'all-or-nothing'] })
  @IsIn(['good-only', 'all-or-nothing'])
  mode!: 'good-only' | 'all-or-nothing';
}

export class ExternalExamDto {
  @ApiProperty() id!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ enum: levels }) level!: ExamLevel;
  @ApiProperty({ type: String, format: 'date' }) heldOn!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty({ description: 'hundredths' }) full!: number;
  @ApiProperty() passLine!: number;
  @ApiProperty() excellentLine!: number;
  @ApiProperty({ type: Number, nullable: true }) importedAt!: number | null;
}

export class ExternalExamPageDto {
  @ApiProperty({ type: [ExternalExamDto] }) items!: ExternalExamDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class ExternalResultDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unitName!: string;
  @ApiProperty({ enum: statuses }) status!: ExternalStatus;
  @ApiProperty({ type: String, nullable: true }) exemption!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths of the exam’s own marks' }) raw!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'hundredths on the scale of 100' }) score!: number | null;
}

export class ExternalExamDetailDto extends ExternalExamDto {
  @ApiProperty({ type: [ExternalResultDto] }) results!: ExternalResultDto[];
}

export class ResultFaultDto {
  @ApiProperty() sheet!: string;
  @ApiProperty({ description: 'such as C5' }) cell!: string;
  @ApiProperty() code!: string;
  @ApiProperty() message!: string;
}

export class ResultLineDto {
  @ApiProperty() row!: number;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty() score!: string;
  @ApiProperty() note!: string;
  @ApiProperty({ enum: statuses, nullable: true, type: String }) status!: ExternalStatus | null;
  @ApiProperty({ type: [ResultFaultDto] }) faults!: ResultFaultDto[];
}

export class ResultPreviewDto {
  @ApiProperty() sheet!: string;
  @ApiProperty() good!: number;
  @ApiProperty() bad!: number;
  @ApiProperty({ type: [ResultLineDto] }) lines!: ResultLineDto[];
}

export class ResultsImportedDto {
  @ApiProperty() imported!: number;
  @ApiProperty({ description: 'faulty rows that were left out' }) left!: number;
}
