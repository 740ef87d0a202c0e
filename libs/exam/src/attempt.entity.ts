import type { AnswerContent, AttemptEnding, AttemptState, MarkSource } from '@xuekao/contracts';
import { attemptEndings, attemptStates, markSources } from '@xuekao/contracts';
import { Choice, Code, DateColumn, Flag, Id, InstantColumn, Int, Json, Ref } from '@xuekao/database';
import { Entity, Index, Unique } from 'typeorm';
import type { LayoutPlace } from './core/index.js';
import { ExamRow } from './exam.entity.js';

@Entity('exam_attempt')
@Unique('uq_exam_attempt_number', ['examId', 'memberId', 'number'])
@Index('ix_exam_attempt_due', ['state', 'deadlineAt'])
@Index('ix_exam_attempt_member', ['memberId'])
export class AttemptRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Ref() memberId!: string;
  @Int() number!: number;
  /** Or `ready`, made ahead of the start: only `AttemptStartStore` sees those. */
  @Choice([...Object.keys(attemptStates), 'ready']) state!: AttemptState;
  @Choice(Object.keys(attemptEndings), { nullable: true }) endedBy!: AttemptEnding | null;
  @InstantColumn() startedAt!: number;
  @InstantColumn() deadlineAt!: number;
  @InstantColumn({ nullable: true }) endedAt!: number | null;
  /** Token of the only device that may write. */
  @Code(64) writer!: string;
  @Json() layout!: readonly LayoutPlace[];
  /** Hundredths; null until handed in. */
  @Int({ nullable: true }) raw!: number | null;
  @Int() full!: number;
  /** On the scale of 100, in hundredths, floored. */
  @Int({ nullable: true }) score!: number | null;
  /** The regrade that changed it last, until its owner has seen so. */
  @Ref(null, { nullable: true }) correctedBy!: string | null;
  /** Period of the start. */
  @DateColumn() localDate!: string;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
}

@Entity('exam_answer')
export class AnswerRow {
  @Ref(() => AttemptRow, { primary: true }) attemptId!: string;
  @Int({ primary: true }) number!: number;
  @Json() content!: AnswerContent;
  @Int() clientSeq!: number;
  @InstantColumn() savedAt!: number;
  @Int() lateMs!: number;
}

@Entity('exam_mark')
export class MarkRow {
  @Ref(() => AttemptRow, { primary: true }) attemptId!: string;
  @Int({ primary: true }) number!: number;
  /** Hundredths; null while a person has to mark it. */
  @Int({ nullable: true }) marks!: number | null;
  /** 0 where the question was made void. */
  @Int() full!: number;
  @Choice(Object.keys(markSources)) source!: MarkSource;
  @Flag() isAnswered!: boolean;
}

export const examEntitiesOfAttempts = [AttemptRow, AnswerRow, MarkRow];
