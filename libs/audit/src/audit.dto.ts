import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { auditFaults, auditResults } from '@xuekao/contracts';
import type { AuditFault, AuditResult } from '@xuekao/contracts';
import type { Facts } from '@xuekao/kernel';
import { PageQuery } from '@xuekao/platform';

const code = /^[\w.:-]{1,80}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;

export class AuditListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'account or member id' })
  @IsOptional()
  @Matches(code)
  actor?: string;

  @ApiPropertyOptional({ description: 'event type, or its first parts: exam finds exam.attempt.handed-in' })
  @IsOptional()
  @Matches(code)
  type?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(code)
  subjectType?: string;

  @ApiPropertyOptional({ description: 'subject id' })
  @IsOptional()
  @Matches(code)
  subject?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(code)
  unitId?: string;

  @ApiPropertyOptional({ enum: Object.keys(auditResults) })
  @IsOptional()
  @IsIn(Object.keys(auditResults))
  result?: string;

  @ApiPropertyOptional({ example: '2017-11-01', description: 'first day, in the zone of the organisation' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  @Matches(date)
  from?: string;

  @ApiPropertyOptional({ example: '2017-11-30', description: 'last day' })
  @IsOptional()
  @IsString()
  @MaxLength(10)
  @Matches(date)
  to?: string;
}

export class AuditRecordDto {
  @ApiProperty({ description: 'from 1, without gaps' }) number!: number;
  @ApiProperty() eventId!: string;
  @ApiProperty({ description: 'epoch milliseconds' }) at!: number;
  @ApiProperty({ type: String, nullable: true }) actorAccountId!: string | null;
  @ApiProperty({ type: String, nullable: true }) actorMemberId!: string | null;
  @ApiProperty({ type: String, nullable: true }) actorName!: string | null;
  @ApiProperty() type!: string;
  @ApiProperty() subjectType!: string;
  @ApiProperty() subjectId!: string;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty({ enum: Object.keys(auditResults) }) result!: AuditResult;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) facts!: Facts;
  @ApiProperty() previousHash!: string;
  @ApiProperty() hash!: string;
}

export class AuditPageDto {
  @ApiProperty({ type: [AuditRecordDto] }) items!: readonly AuditRecordDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class AuditVerdictDto {
  @ApiProperty() isWhole!: boolean;
  @ApiProperty({ description: 'records that were found whole, from the first on' }) verified!: number;
  @ApiProperty({ type: String, nullable: true, description: 'hash of the newest record, to keep elsewhere' })
  headHash!: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'first broken record' }) brokenNumber!: number | null;
  @ApiProperty({ enum: Object.keys(auditFaults), nullable: true }) fault!: AuditFault | null;
}
