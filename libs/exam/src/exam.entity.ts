import type {
  AttemptPolicy,
  ExamBook,
  ExamLevel,
  ExamState,
  MultiplePolicy,
  QuestionType,
  ReviewPolicy,
} from '@xuekao/contracts';
import {
  attemptPolicies,
  examBooks,
  examLevels,
  examStates,
  multiplePolicies,
  questionTypes,
  reviewPolicies,
} from '@xuekao/contracts';
import { Choice, Code, DateColumn, Flag, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import type { Blueprint } from './core/index.js';

/** Drawn or chosen once; never changed afterwards. */
@Entity('exam_paper')
export class PaperRow {
  @Id() id!: string;
  @Choice(['draw', 'hand']) kind!: 'draw' | 'hand';
  /** With the blueprint and the bank of that day it gives the same paper again. */
  @Code(64, { nullable: true }) seed!: string | null;
  @Json({ nullable: true }) blueprint!: Blueprint | null;
  /** Hundredths. */
  @Int() full!: number;
  @Ref(null, { nullable: true }) authorId!: string | null;
  @InstantColumn() createdAt!: number;
}

@Entity('exam_paper_item')
@Index('ix_exam_paper_item_question', ['questionId'])
export class PaperItemRow {
  @Ref(() => PaperRow, { primary: true }) paperId!: string;
  @Int({ primary: true }) number!: number;
  @Int() section!: number;
  @Text(60) sectionName!: string;
  @Ref() questionId!: string;
  @Ref() versionId!: string;
  @Code(64) code!: string;
  @Choice(Object.keys(questionTypes)) type!: QuestionType;
  @Int() marks!: number;
}

@Entity('exam')
@Index('ix_exam_unit', ['unitId', 'opensAt'])
@Index('ix_exam_year', ['year', 'state'])
export class ExamRow {
  @Id() id!: string;
  @Text(120) title!: string;
  /** Owner; its subtree sits the exam. */
  @Ref() unitId!: string;
  @Choice(Object.keys(examLevels)) level!: ExamLevel;
  @Ref(() => PaperRow) paperId!: string;
  @InstantColumn() opensAt!: number;
  @InstantColumn() closesAt!: number;
  @Int() limitMinutes!: number;
  /** After a deadline answers are still taken for this long, with their lateness. */
  @Int() graceMs!: number;
  /** Given to everybody on top of limit and closing time. */
  @Int() extraMs!: number;
  /** On the scale of 100, in hundredths. */
  @Int() passLine!: number;
  @Int() excellentLine!: number;
  @Int() attempts!: number;
  /** Which of them counts. */
  @Choice(Object.keys(attemptPolicies)) attemptPolicy!: AttemptPolicy;
  @Choice(Object.keys(reviewPolicies)) review!: ReviewPolicy;
  @Choice(Object.keys(examBooks)) book!: ExamBook;
  /** Shown before the start, in the organiser's words. */
  @LongText({ nullable: true }) rules!: string | null;
  @Choice(Object.keys(multiplePolicies)) multiplePolicy!: MultiplePolicy;
  @Flag() shuffleQuestions!: boolean;
  @Flag() shuffleOptions!: boolean;
  @Choice(Object.keys(examStates)) state!: ExamState;
  @Ref(() => ExamRow, { nullable: true }) makeUpOf!: string | null;
  @Ref(null, { nullable: true }) authorId!: string | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) publishedAt!: number | null;
  @InstantColumn({ nullable: true }) closedAt!: number | null;
  /** Period of the opening. */
  @DateColumn() localDate!: string;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
  @Int() version!: number;
}

/** Frozen at publish: who the person was and where, then. */
@Entity('exam_roster')
@Index('ix_exam_roster_member', ['memberId'])
@Index('ix_exam_roster_unit', ['unitId'])
export class RosterRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Ref(null, { primary: true }) memberId!: string;
  @Text(40) staffNumber!: string;
  @Text(80) name!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Text(120) unitName!: string;
  /** Does not count in 应考; the reason's code. */
  @Code(40, { nullable: true }) exemption!: string | null;
  @Int() extraMs!: number;
}

export const examEntitiesOfPapers = [PaperRow, PaperItemRow, ExamRow, RosterRow];
