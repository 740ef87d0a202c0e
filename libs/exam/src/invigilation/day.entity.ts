import type { EvidenceKind, InterventionKind } from '@xuekao/contracts';
import { evidenceKinds, interventionKinds } from '@xuekao/contracts';
import { Choice, Code, Flag, Id, InstantColumn, Int, Json, Ref, Text } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import { ExamRow } from '../exam.entity.js';

/** An organiser's act, on everybody, a unit or one person. */
@Entity('exam_intervention')
@Index('ix_exam_intervention_exam', ['examId', 'at'])
export class InterventionRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Choice(Object.keys(interventionKinds)) kind!: InterventionKind;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Ref(null, { nullable: true }) memberId!: string | null;
  @Int({ nullable: true }) minutes!: number | null;
  /** Of an act on a question: its number on the common paper. */
  @Int({ nullable: true }) number!: number | null;
  @Code(40, { nullable: true }) exemption!: string | null;
  @Text(500) reason!: string;
  @Ref(null, { nullable: true }) actorId!: string | null;
  @Text(80, { nullable: true }) actorName!: string | null;
  @InstantColumn() at!: number;
}

@Entity('exam_evidence')
@Index('ix_exam_evidence_exam', ['examId', 'memberId', 'at'])
export class EvidenceRow {
  @Id() id!: string;
  @Ref(() => ExamRow) examId!: string;
  @Ref() memberId!: string;
  @Ref(null, { nullable: true }) attemptId!: string | null;
  @Choice(Object.keys(evidenceKinds)) kind!: EvidenceKind;
  @Text(500, { nullable: true }) text!: string | null;
  /** How long the page was left. */
  @Int({ nullable: true }) awayMs!: number | null;
  /** As the device's clock said. */
  @InstantColumn({ nullable: true }) clientAt!: number | null;
  @Ref(null, { nullable: true }) actorId!: string | null;
  @Text(80, { nullable: true }) actorName!: string | null;
  @InstantColumn() at!: number;
}

/** Rises with every act on the exam: who watches it looks again. */
@Entity('exam_pulse')
export class PulseRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Int() seq!: number;
}

/** When something last happened to an attempt; written about once a second, and only for the console. */
@Entity('exam_activity')
@Index('ix_exam_activity_exam', ['examId', 'touchedAt'])
export class ActivityRow {
  @Ref(null, { primary: true }) attemptId!: string;
  @Ref() examId!: string;
  @InstantColumn() touchedAt!: number;
}

@Entity('exam_presence')
@Index('ix_exam_presence_exam', ['examId', 'seenAt'])
export class PresenceRow {
  @Ref(null, { primary: true }) attemptId!: string;
  @Ref() examId!: string;
  @Flag() isConnected!: boolean;
  @InstantColumn() seenAt!: number;
}

/** What is asked for at the start, besides the roster. */
@Entity('exam_access')
export class ExamAccessRow {
  @Ref(() => ExamRow, { primary: true }) examId!: string;
  @Code(200, { nullable: true }) passwordHash!: string | null;
  /** CIDR. */
  @Json({ nullable: true }) ipRanges!: readonly string[] | null;
  /** Config Keys of Safe Exam Browser, 64 hexadecimal digits each. */
  @Json({ nullable: true }) sebKeys!: readonly string[] | null;
}

export const examDayEntities = [InterventionRow, EvidenceRow, PulseRow, ActivityRow, PresenceRow, ExamAccessRow];
