import type { StageMemberRole, StageSheet } from '@xuekao/contracts';
import { Choice, Code, Id, InstantColumn, Int, Json, Ref, Text } from '@xuekao/database';
import { Entity, Index } from 'typeorm';
import { ContestRow } from '../live.entity.js';

/** A rule sheet that a unit has made its own; shipped ones are data of the program. */
@Entity('stage_sheet')
@Index('ix_stage_sheet_unit', ['unitId', 'updatedAt'])
export class StageSheetRow {
  @Id() id!: string;
  @Ref() unitId!: string;
  @Text(60) name!: string;
  @Json() sheet!: StageSheet;
  @Int() version!: number;
  @Ref() createdBy!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}

/** The sheet as it was when the contest was made. */
@Entity('stage_contest')
@Index('ix_stage_contest_sheet', ['sheetId'])
export class StageContestRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  /** Id of a stored sheet, or the name of a shipped one. */
  @Code(36) sheetId!: string;
  @Json() sheet!: StageSheet;
}

@Entity('stage_team')
export class StageTeamRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  @Int({ primary: true }) team!: number;
  @Text(60) name!: string;
  /** Hundredths; null until the contest is over. */
  @Int({ nullable: true }) score!: number | null;
  @Int({ nullable: true }) place!: number | null;
  @Int({ nullable: true }) rightAnswers!: number | null;
  @Int({ nullable: true }) wrongAnswers!: number | null;
}

@Entity('stage_member')
@Index('ix_stage_member_member', ['memberId'])
export class StageMemberRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  @Ref(null, { primary: true }) memberId!: string;
  @Int() team!: number;
  @Int() position!: number;
  @Choice(['captain', 'member', 'substitute']) role!: StageMemberRole;
  @Text(80) name!: string;
  @Ref() unitId!: string;
  @Text(120) unitName!: string;
}

/** Questions pinned by version, in the order of their pile. */
@Entity('stage_question')
export class StageQuestionRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  @Code(32, { primary: true }) round!: string;
  @Int({ primary: true }) pile!: number;
  @Int({ primary: true }) number!: number;
  @Ref() questionVersionId!: string;
}

@Entity('stage_judge')
export class StageJudgeRow {
  @Ref(() => ContestRow, { primary: true }) contestId!: string;
  @Ref(null, { primary: true }) accountId!: string;
}

export const stageEntities = [
  StageSheetRow,
  StageContestRow,
  StageTeamRow,
  StageMemberRow,
  StageQuestionRow,
  StageJudgeRow,
] as const;
