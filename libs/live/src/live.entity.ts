import { Choice, Code, DateColumn, Flag, Id, InstantColumn, Int, Json, Ref, Text } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';
import type { QuizOptions } from './core/quiz-state.js';

@Entity('question_set')
@Index('ix_question_set_unit', ['unitId', 'updatedAt'])
export class QuestionSetRow {
  @Id() id!: string;
  @Ref() unitId!: string;
  @Text(120) title!: string;
  @Int() version!: number;
  @Ref() createdBy!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}

@Entity('question_set_item')
export class QuestionSetItemRow {
  @Ref(() => QuestionSetRow, { primary: true }) setId!: string;
  @Int({ primary: true }) number!: number;
  @Ref() questionVersionId!: string;
}

export const contestKinds = ['quiz', 'stage'] as const;
export type ContestKind = (typeof contestKinds)[number];

/** A contest has the id of its room. */
@Entity('contest')
@Unique('uq_contest_code', ['code'])
@Index('ix_contest_unit', ['unitId', 'createdAt'])
@Index('ix_contest_set', ['setId'])
@Index('ix_contest_rehearsal', ['rehearsalOf'])
export class ContestRow {
  @Id() id!: string;
  @Choice(contestKinds) kind!: ContestKind;
  /** Null for a stage contest, whose questions are in piles. */
  @Ref(() => QuestionSetRow, { nullable: true }) setId!: string | null;
  @Ref() unitId!: string;
  @Text(120) title!: string;
  /** Six digits while the contest runs, null after it: codes come back into use. */
  @Code(6, { nullable: true }) code!: string | null;
  @Flag() isRehearsal!: boolean;
  /** The contest that is rehearsed, where the rehearsal was made from one. */
  @Ref(null, { nullable: true }) rehearsalOf!: string | null;
  @Int() questions!: number;
  /** Of a quiz; a stage contest has its sheet instead, and nothing here. */
  @Json() options!: QuizOptions;
  @Ref() createdBy!: string;
  @Text(80) hostName!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) endedAt!: number | null;
}

/** A contest of the hall, with its set. */
export type QuizContest = ContestRow & { readonly setId: string };
export const isQuizContest = (contest: ContestRow): contest is QuizContest =>
  contest.kind === 'quiz' && contest.setId !== null;

/** What remains of one seat: name and unit as they were when the member joined. Rehearsals leave nothing here. */
@Entity('contest_result')
@Index('ix_contest_result_member', ['memberId', 'endedAt'])
@Index('ix_contest_result_unit', ['unitId', 'localDate'])
export class ContestResultRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  @Int({ primary: true }) seat!: number;
  @Ref() memberId!: string;
  @Text(80) memberName!: string;
  @Ref() unitId!: string;
  @Text(120) unitName!: string;
  /** Hundredths. */
  @Int() points!: number;
  @Int() correct!: number;
  @Int() answered!: number;
  @Int() scoringMs!: number;
  /** Null for a seat that was removed. */
  @Int({ nullable: true }) place!: number | null;
  @InstantColumn() endedAt!: number;
  @DateColumn() localDate!: CivilDate;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
}

/** How a unit did: mean over those who took part, beside how many of its roll did. */
@Entity('contest_unit')
@Index('ix_contest_unit_unit', ['unitId'])
export class ContestUnitRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  /** By the ranking, from 1. */
  @Int({ primary: true }) number!: number;
  @Ref() unitId!: string;
  @Text(120) unitName!: string;
  /** Hundredths. */
  @Int() meanPoints!: number;
  @Int() participants!: number;
  /** Members on the unit's roll when they joined. */
  @Int() roll!: number;
  /** Null where fewer took part than the contest asks for. */
  @Int({ nullable: true }) place!: number | null;
}

export const quizEntities = [QuestionSetRow, QuestionSetItemRow, ContestRow, ContestResultRow, ContestUnitRow] as const;
