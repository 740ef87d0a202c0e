import type {
  AppealState,
  ArbiterRule,
  MarkRounding,
  MarkerRole,
  MarkingMode,
  MarkingRules,
  ReviewOptions,
  ScriptCause,
  ScriptState,
} from '@xuekao/contracts';
import {
  appealStates,
  arbiterRules,
  markRoundings,
  markerRoles,
  markingModes,
  scriptCauses,
  scriptStates,
} from '@xuekao/contracts';
import { Choice, Code, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import { Entity, Index, Unique } from 'typeorm';
import { AttemptRow } from '../attempt.entity.js';
import type { MarkingActs, RubricLine } from '../core/index.js';
import { ExamRow } from '../exam.entity.js';

/** How an exam is marked and shown where it says more than its own row; every change of marks counts `revision` up. */
@Entity('exam_marking')
export class ExamMarkingRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Int() revision!: number;
  @Json({ nullable: true }) rules!: MarkingRules | null;
  @Json() acts!: MarkingActs;
  @Json({ nullable: true }) review!: ReviewOptions | null;
}

/** How people mark one question. Marks are hundredths. */
@Entity('exam_question_plan')
export class QuestionPlanRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Int({ primary: true }) number!: number;
  @Choice(Object.keys(markingModes)) mode!: MarkingMode;
  /** Two marks further apart than this go to an arbiter. */
  @Int() threshold!: number;
  /** Marks are given in multiples of this, or as the full mark. */
  @Int() step!: number;
  @Choice(Object.keys(markRoundings)) rounding!: MarkRounding;
  @Choice(Object.keys(arbiterRules)) arbiterRule!: ArbiterRule;
  @Json() rubric!: readonly RubricLine[];
  /** Orders the scripts, so that a place tells nothing. */
  @Code(64) seed!: string;
}

@Entity('exam_marker')
@Index('ix_exam_marker_member', ['memberId'])
export class MarkerRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Int({ primary: true }) number!: number;
  @Ref(null, { primary: true }) memberId!: string;
  @Choice(Object.keys(markerRoles)) role!: MarkerRole;
  @InstantColumn() assignedAt!: number;
}

/** One answer before its markers; its id and place say nothing about the person. */
@Entity('exam_script')
@Unique('uq_exam_script_answer', ['attemptId', 'number', 'cause'])
@Index('ix_exam_script_queue', ['examId', 'number', 'state', 'place'])
export class ScriptRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Int() number!: number;
  @Ref(() => AttemptRow) attemptId!: string;
  /** Whose it is, so that nobody marks himself; never sent. */
  @Ref() memberId!: string;
  @Choice(Object.keys(scriptCauses)) cause!: ScriptCause;
  @Choice(Object.keys(scriptStates)) state!: ScriptState;
  @Int() place!: number;
  @Int() full!: number;
  @Int({ nullable: true }) marks!: number | null;
  /** Of an appeal, in the member's words; see also {@link AppealRow}. */
  @LongText({ nullable: true }) reason!: string | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) finalAt!: number | null;
  /** The regrade that took an appeal's mark over. */
  @Ref(null, { nullable: true }) runId!: string | null;
}

/** One marker's word on a script; without marks it is a claim, which lapses. */
@Entity('exam_judgement')
@Index('ix_exam_judgement_marker', ['markerId'])
export class JudgementRow {
  @Ref(() => ScriptRow, { primary: true }) scriptId!: string;
  @Ref(null, { primary: true }) markerId!: string;
  @Choice(Object.keys(markerRoles)) role!: MarkerRole;
  @Int({ nullable: true }) marks!: number | null;
  /** Per line of the rubric. */
  @Json({ nullable: true }) points!: readonly number[] | null;
  @LongText({ nullable: true }) comment!: string | null;
  @InstantColumn() claimedAt!: number;
  @InstantColumn({ nullable: true }) markedAt!: number | null;
}

/** A member's word on the mark of one question, and the answer to it. Nothing of it is ever changed but by the answer. */
@Entity('exam_appeal')
@Unique('uq_exam_appeal_question', ['attemptId', 'number'])
@Index('ix_exam_appeal_exam', ['examId', 'state', 'filedAt'])
@Index('ix_exam_appeal_member', ['memberId'])
export class AppealRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Ref(() => AttemptRow) attemptId!: string;
  @Ref() memberId!: string;
  /** On the common paper. */
  @Int() number!: number;
  @LongText() reason!: string;
  @Choice(Object.keys(appealStates)) state!: AppealState;
  @InstantColumn() filedAt!: number;
  @LongText({ nullable: true }) answer!: string | null;
  @Ref(null, { nullable: true }) answeredBy!: string | null;
  @Text(80, { nullable: true }) answererName!: string | null;
  @InstantColumn({ nullable: true }) answeredAt!: number | null;
}

export const markingEntities = [ExamMarkingRow, QuestionPlanRow, MarkerRow, ScriptRow, JudgementRow, AppealRow];
