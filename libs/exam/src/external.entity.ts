import type { ExamLevel, ExternalStatus } from '@xuekao/contracts';
import { examLevels, externalStatuses } from '@xuekao/contracts';
import { Choice, Code, DateColumn, Id, InstantColumn, Int, Ref, Text } from '@xuekao/database';
import { Entity, Index } from 'typeorm';

/** An exam held elsewhere, by the centre, the province or the city; its results are imported. */
@Entity('external_exam')
@Index('ix_external_exam_unit', ['unitId', 'heldOn'])
export class ExternalExamRow {
  @Id() id!: string;
  @Text(120) title!: string;
  @Choice(Object.keys(examLevels)) level!: ExamLevel;
  @DateColumn() heldOn!: string;
  @Ref() unitId!: string;
  /** Full marks in hundredths. */
  @Int() full!: number;
  /** On the scale of 100, in hundredths. */
  @Int() passLine!: number;
  @Int() excellentLine!: number;
  @Ref(null, { nullable: true }) authorId!: string | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) importedAt!: number | null;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
  @Int() version!: number;
}

/** One row per person who was due that day, `absent` until the list says otherwise. */
@Entity('external_result')
@Index('ix_external_result_member', ['memberId'])
export class ExternalResultRow {
  @Ref(() => ExternalExamRow, { primary: true }) examId!: string;
  @Ref(null, { primary: true }) memberId!: string;
  @Text(40) staffNumber!: string;
  @Text(80) name!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Text(120) unitName!: string;
  /** Approved before, from the roster of that day; the list's own 缓考 and 免考 are in `status`. */
  @Code(40, { nullable: true }) exemption!: string | null;
  @Choice(Object.keys(externalStatuses)) status!: ExternalStatus;
  @Int({ nullable: true }) raw!: number | null;
  @Int({ nullable: true }) score!: number | null;
}

export const externalEntities = [ExternalExamRow, ExternalResultRow];
