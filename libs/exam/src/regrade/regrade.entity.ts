import type { RegradeKind, RegradeState } from '@xuekao/contracts';
import { regradeKinds, regradeStates } from '@xuekao/contracts';
import { Choice, Code, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import { AttemptRow } from '../attempt.entity.js';
import type { ExamCounts, FlipDirection, MarkChange, MarkingState, PackedChanges } from '../core/index.js';
import { flipDirections } from '../core/index.js';
import { ExamRow } from '../exam.entity.js';
import { AppealRow } from '../marking/marking.entity.js';

/** A dry run with all that it would change; applied by a second person, with the old marks kept for the way back. */
@Entity('exam_regrade')
@Index('ix_exam_regrade_exam', ['examId', 'proposedAt'])
export class RegradeRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Choice(Object.keys(regradeKinds)) kind!: RegradeKind;
  @Json() numbers!: readonly number[];
  @Choice(Object.keys(regradeStates)) state!: RegradeState;
  @LongText() reason!: string;
  /** Of `exam_marking` when the run was made. */
  @Int() revision!: number;
  /** SHA-256 over every attempt's marks then; another one now means stale. */
  @Code(64) fingerprint!: string;
  @Json() stateBefore!: MarkingState;
  @Json() stateAfter!: MarkingState;
  @Json() countsBefore!: ExamCounts;
  @Json() countsAfter!: ExamCounts;
  @Int() changedAttempts!: number;
  @Int() changedMarks!: number;
  @Int() flips!: number;
  @Ref() proposedBy!: string;
  @Ref(null, { nullable: true }) proposedByMember!: string | null;
  @Text(80) proposerName!: string;
  @InstantColumn() proposedAt!: number;
  @Ref(null, { nullable: true }) decidedBy!: string | null;
  @Text(80, { nullable: true }) deciderName!: string | null;
  @InstantColumn({ nullable: true }) decidedAt!: number | null;
  @Ref(() => RegradeRow, { nullable: true }) reverseOf!: string | null;
  @Ref(null, { nullable: true }) reversedBy!: string | null;
  /** The appeal that it was begun from. */
  @Ref(() => AppealRow, { nullable: true }) appealId!: string | null;
}

@Entity('exam_regrade_attempt')
export class RegradeAttemptRow {
  @Ref(() => RegradeRow, { primary: true }) runId!: string;
  @Ref(() => AttemptRow, { primary: true }) attemptId!: string;
  @Ref() memberId!: string;
  @Int({ nullable: true }) oldRaw!: number | null;
  @Int({ nullable: true }) newRaw!: number | null;
  @Int() oldFull!: number;
  @Int() newFull!: number;
  @Int({ nullable: true }) oldScore!: number | null;
  @Int({ nullable: true }) newScore!: number | null;
  @Json() marks!: PackedChanges;
}

/** As it is worked with. */
export type RegradedAttempt = Omit<RegradeAttemptRow, 'marks'> & { readonly marks: readonly MarkChange[] };

@Entity('exam_regrade_flip')
export class RegradeFlipRow {
  @Ref(() => RegradeRow, { primary: true }) runId!: string;
  @Ref(null, { primary: true }) memberId!: string;
  @Choice(Object.keys(flipDirections)) direction!: FlipDirection;
  @Int({ nullable: true }) oldScore!: number | null;
  @Int({ nullable: true }) newScore!: number | null;
}

export const regradeEntities = [RegradeRow, RegradeAttemptRow, RegradeFlipRow];
