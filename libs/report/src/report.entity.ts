import { reportStates } from '@xuekao/contracts';
import type { ReportState, SectionKey } from '@xuekao/contracts';
import { Choice, Code, DateColumn, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';
import type { Omission } from './core/index.js';

/** One report per unit and year. */
@Entity('report')
@Unique('uq_report_year_unit', ['year', 'unitId'])
@Index('ix_report_unit', ['unitId'])
export class ReportEntity {
  @Id() id!: string;
  @Int() year!: number;
  @Ref() unitId!: string;
  /** Who gives the report (述职人); null for a unit's own. */
  @Ref(null, { nullable: true }) authorMemberId!: string | null;
  @Text(120) title!: string;
  @Text(120) signature!: string;
  @DateColumn({ nullable: true }) signedOn!: CivilDate | null;
  /** The line that the exam sentence names, in hundredths. */
  @Int() threshold!: number;
  @Choice(Object.keys(reportStates)) state!: ReportState;
  @InstantColumn() createdAt!: Instant;
  @InstantColumn({ nullable: true }) finalisedAt!: Instant | null;
  /** Rises with every change of the report or of a section. */
  @Int() version!: number;
}

/** People's text. A section that nobody wrote has no row. */
@Entity('report_section')
export class ReportSectionEntity {
  @Ref(() => ReportEntity, { primary: true }) reportId!: string;
  @Code(40, { primary: true }) section!: SectionKey;
  @Text(200) heading!: string;
  @LongText() text!: string;
  @Json() omitted!: readonly Omission[];
  @Text(80) writtenBy!: string;
  @InstantColumn() writtenAt!: Instant;
  @Int() version!: number;
}

/** Figures and text as they were finalised. */
@Entity('report_frozen')
export class ReportFrozenEntity {
  @Ref(() => ReportEntity, { primary: true }) reportId!: string;
  @LongText() payload!: string;
  /** SHA-256 of the payload. */
  @Code(64) checksum!: string;
  @Text(80) frozenBy!: string;
  @InstantColumn() frozenAt!: Instant;
}

export const reportEntities = [ReportEntity, ReportSectionEntity, ReportFrozenEntity];
