import { Int, Json, Ref } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import { AttemptRow } from '../attempt.entity.js';
import { ExamRow } from '../exam.entity.js';

/**
 * One attempt's marks in one row, a projection of its marks and answers: statistics read ten thousand rows instead of a
 * million. Written again where `revision` is behind the exam's; gone as soon as a single attempt's marks change.
 */
@Entity('exam_sheet')
@Index('ix_exam_sheet_exam', ['examId', 'checksum'])
export class SheetRow {
  @Ref(() => AttemptRow, { primary: true }) attemptId!: string;
  @Ref(() => ExamRow) examId!: string;
  @Int() revision!: number;
  /** By number of the common paper, hundredths. */
  @Json() marks!: readonly number[];
  @Json() fulls!: readonly number[];
  /** Bit k: option k of the question's own order was chosen. */
  @Json() picks!: readonly number[];
  /** Over attempt and contents, 31 bits: the sum over an exam tells whether a figure may have changed. */
  @Int() checksum!: number;
}

export const examEntitiesOfAnalysis = [SheetRow];
