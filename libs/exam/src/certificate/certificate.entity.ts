import type { CertificateState } from '@xuekao/contracts';
import { certificateStates } from '@xuekao/contracts';
import { Choice, Code, DateColumn, Id, InstantColumn, Int, Ref, Text } from '@xuekao/database';
import { Entity, Index, Unique } from 'typeorm';
import { ExamRow } from '../exam.entity.js';

/** 合格证书; says what held on the day of issue. Numbered by year. */
@Entity('exam_certificate')
@Unique('uq_exam_certificate_code', ['code'])
@Unique('uq_exam_certificate_member', ['examId', 'memberId'])
@Unique('uq_exam_certificate_serial', ['year', 'serial'])
@Index('ix_exam_certificate_member', ['memberId'])
export class CertificateRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Ref() memberId!: string;
  /** Printed and in the QR; cannot be guessed. */
  @Code(24) code!: string;
  @Int() year!: number;
  @Int() serial!: number;
  @Text(80) name!: string;
  @Text(120) title!: string;
  @Ref() unitId!: string;
  /** Where the person stood when the roster was frozen. */
  @Text(120) unitName!: string;
  /** The organiser's name on the day of issue; stands under the certificate. */
  @Text(120) issuerName!: string;
  @DateColumn() issuedOn!: string;
  @InstantColumn() issuedAt!: number;
  @Choice(Object.keys(certificateStates)) state!: CertificateState;
  @InstantColumn() stateAt!: number;
  /** The regrade that changed its state last. */
  @Ref(null, { nullable: true }) runId!: string | null;
}

export const certificateEntities = [CertificateRow];
