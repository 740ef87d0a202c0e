import { Entity, Index, Unique } from 'typeorm';
import { auditResults } from '@xuekao/contracts';
import type { AuditResult } from '@xuekao/contracts';
import { Choice, Code, InstantColumn, Int, Json, Ref, Text } from '@xuekao/database';
import type { Facts } from '@xuekao/kernel';

@Entity('audit_record')
@Unique('uq_audit_record_event', ['eventId'])
@Index('ix_audit_record_at', ['at', 'number'])
@Index('ix_audit_record_account', ['actorAccountId', 'number'])
@Index('ix_audit_record_member', ['actorMemberId', 'number'])
@Index('ix_audit_record_type', ['type', 'number'])
@Index('ix_audit_record_subject', ['subjectId', 'subjectType', 'number'])
export class AuditRecordRow {
  @Int({ primary: true }) number!: number;
  @Ref() eventId!: string;
  @InstantColumn() at!: number;
  @Ref(null, { nullable: true }) actorAccountId!: string | null;
  @Ref(null, { nullable: true }) actorMemberId!: string | null;
  @Text(80, { nullable: true }) actorName!: string | null;
  @Code(80) type!: string;
  @Code(40) subjectType!: string;
  @Code(64) subjectId!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Choice(Object.keys(auditResults)) result!: AuditResult;
  @Text(500, { nullable: true }) reason!: string | null;
  @Json() facts!: Facts;
  @Code(64) previousHash!: string;
  @Code(64) hash!: string;
}

/** One row: the end of the chain. Locked while a record is appended, so that numbers have no gaps and no twins. */
@Entity('audit_head')
export class AuditHeadRow {
  @Code(16, { primary: true }) name!: string;
  @Int() number!: number;
  @Code(64) hash!: string;
}
