import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  AttemptEnding,
  EvidenceKind,
  FocusKind,
  InterventionKind,
  InvigilationRow,
  InvigilationState,
} from '@xuekao/contracts';
import {
  attemptEndings,
  evidenceKinds,
  examOnlyExemptions,
  focusKinds,
  interventionKinds,
  invigilationStates,
} from '@xuekao/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsBoolean,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

export class ReopenAttemptDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty({ minimum: 1, maximum: 1440, description: 'from now on' }) @IsInt() minutes!: number;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
  @ApiPropertyOptional({
    default: false,
    description: 'also where the key has been open to the person; it is recorded',
  })
  @IsOptional()
  @IsBoolean()
  despiteKey?: boolean;
}

/** One person, a unit with all below it, or everybody when both are absent. */
export class CollectDto {
  @ApiPropertyOptional() @IsOptional() @IsUUID() memberId?: string;
  @ApiPropertyOptional() @IsOptional() @IsUUID() unitId?: string;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}

export class CollectedDto {
  @ApiProperty() collected!: number;
}

export class ExamExemptionDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty({ enum: examOnlyExemptions, nullable: true, description: '缓考 or 免考; null puts the person back' })
  @ValidateIf((_, value) => value !== null)
  @IsIn(examOnlyExemptions)
  exemption!: 'exam-deferred' | 'exam-exempt' | null;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) reason!: string;
}

export class IncidentDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(500) text!: string;
}

export class FocusEventDto {
  @ApiProperty({ enum: focusKinds }) @IsIn(focusKinds) kind!: FocusKind;
  @ApiProperty({ description: 'by the device’s clock' }) @IsInt() @Min(0) @Max(8_640_000_000_000_000) at!: number;
  @ApiPropertyOptional({ description: 'how long the page was left' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(86_400_000)
  awayMs?: number;
}

export class FocusEventsDto {
  @ApiProperty({ type: [FocusEventDto] })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => FocusEventDto)
  events!: FocusEventDto[];
}

export class FocusTakenDto {
  @ApiProperty() taken!: number;
}

export class InvigilationRowDto implements InvigilationRow {
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() unitName!: string;
  @ApiProperty({ enum: Object.keys(invigilationStates) }) state!: InvigilationState;
  @ApiProperty({ type: String, nullable: true }) exemption!: string | null;
  @ApiProperty({ type: String, nullable: true }) attemptId!: string | null;
  @ApiProperty({ type: Number, nullable: true }) startedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) deadlineAt!: number | null;
  @ApiProperty({ type: Number, nullable: true }) endedAt!: number | null;
  @ApiProperty({ enum: Object.keys(attemptEndings), nullable: true }) endedBy!: AttemptEnding | null;
  @ApiProperty({ description: 'answers kept' }) saved!: number;
  @ApiProperty({ type: Number, nullable: true }) lastSavedAt!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'when the device was last heard of' })
  seenAt!: number | null;
  @ApiProperty({ description: 'given to everybody and to this person together' }) extraMinutes!: number;
  @ApiProperty({ description: 'pieces of evidence' }) evidence!: number;
}

export class InvigilationDto {
  @ApiProperty() examId!: string;
  @ApiProperty({ type: [InvigilationRowDto] }) rows!: InvigilationRowDto[];
  @ApiProperty() serverNow!: number;
}

export class EvidenceQuery {
  @ApiPropertyOptional() @IsOptional() @IsUUID() memberId?: string;
}

export class EvidenceDto {
  @ApiProperty() id!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty({ type: String, nullable: true }) attemptId!: string | null;
  @ApiProperty({ enum: Object.keys(evidenceKinds) }) kind!: EvidenceKind;
  @ApiProperty({ type: String, nullable: true }) text!: string | null;
  @ApiProperty({ type: Number, nullable: true }) awayMs!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'by the device’s clock' }) clientAt!: number | null;
  @ApiProperty({ type: String, nullable: true }) actorName!: string | null;
  @ApiProperty() at!: number;
}

export class EvidenceListDto {
  @ApiProperty({ type: [EvidenceDto] }) items!: EvidenceDto[];
}

export class InterventionDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: Object.keys(interventionKinds) }) kind!: InterventionKind;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty({ type: String, nullable: true }) memberId!: string | null;
  @ApiProperty({ type: Number, nullable: true }) minutes!: number | null;
  @ApiProperty({ type: Number, nullable: true, description: 'of the common paper' }) number!: number | null;
  @ApiProperty({ type: String, nullable: true }) exemption!: string | null;
  @ApiProperty() reason!: string;
  @ApiProperty({ type: String, nullable: true }) actorName!: string | null;
  @ApiProperty() at!: number;
}

export class InterventionListDto {
  @ApiProperty({ type: [InterventionDto] }) items!: InterventionDto[];
}

export class ExamAccessDto {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'absent leaves it, null takes it away' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  password?: string | null;
  @ApiProperty({ type: [String], description: 'IP addresses or CIDR ranges; empty for any' })
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(49, { each: true })
  ipRanges!: string[];
  @ApiProperty({ type: [String], description: 'Config Keys of Safe Exam Browser; empty for any browser' })
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^[0-9a-fA-F]{64}$/, { each: true })
  sebKeys!: string[];
}

export class ExamAccessCheckDto {
  @ApiProperty({ description: 'as this server sees it' }) address!: string;
  @ApiProperty() isAddressAllowed!: boolean;
  @ApiProperty() needsPassword!: boolean;
  @ApiProperty() needsExamBrowser!: boolean;
  @ApiProperty() isBrowserAllowed!: boolean;
}

export class ExamAccessViewDto {
  @ApiProperty() hasPassword!: boolean;
  @ApiProperty({ type: [String] }) ipRanges!: readonly string[];
  @ApiProperty({ type: [String] }) sebKeys!: readonly string[];
  @ApiProperty({ description: 'whether the address of a client behind a proxy can be known' })
  trustsProxy!: boolean;
  @ApiProperty({ description: 'as this server sees it' }) ownAddress!: string;
}
