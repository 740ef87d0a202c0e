import { Injectable } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import { ContestRow } from '../live.entity.js';
import {
  StageContestRow,
  StageJudgeRow,
  StageMemberRow,
  StageQuestionRow,
  StageSheetRow,
  StageTeamRow,
} from './stage.entity.js';

/** What a stage contest has beside its row in `contest`. */
export interface StageParts {
  readonly stage: StageContestRow;
  readonly teams: readonly StageTeamRow[];
  readonly members: readonly StageMemberRow[];
  readonly questions: readonly StageQuestionRow[];
  readonly judges: readonly StageJudgeRow[];
}

const ownTables = [StageJudgeRow, StageQuestionRow, StageMemberRow, StageTeamRow, StageContestRow] as const;

@Injectable()
export class StageStore {
  constructor(private readonly uow: UnitOfWork) {}

  sheet(id: string): Promise<StageSheetRow | null> {
    return this.uow.manager.findOneBy(StageSheetRow, { id });
  }

  /** Newest first. A unit has few. */
  async sheets(unitIds: readonly string[]): Promise<StageSheetRow[]> {
    if (unitIds.length === 0) return [];
    return this.uow.manager
      .createQueryBuilder(StageSheetRow, 'sheet')
      .where('sheet.unitId IN (:...unitIds)', { unitIds })
      .orderBy('sheet.updatedAt', 'DESC')
      .addOrderBy('sheet.id', 'DESC')
      .limit(500)
      .getMany();
  }

  addSheet(sheet: StageSheetRow): Promise<void> {
    return insertRows(this.uow, StageSheetRow, [sheet]);
  }

  /** False when somebody else changed it first. */
  async changeSheet({ id, version, ...sheet }: StageSheetRow): Promise<boolean> {
    const changed = await this.uow.manager
      .createQueryBuilder()
      .update(StageSheetRow)
      .set({ name: sheet.name, sheet: sheet.sheet, updatedAt: sheet.updatedAt, version: version + 1 })
      .where('id = :id AND version = :version', { id, version })
      .execute();
    return changed.affected === 1;
  }

  isSheetUsed(sheetId: string): Promise<boolean> {
    return this.uow.manager.existsBy(StageContestRow, { sheetId });
  }

  async removeSheet(id: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(StageSheetRow).where({ id }).execute();
  }

  async add({ stage, teams, members, questions, judges }: StageParts): Promise<void> {
    await insertRows(this.uow, StageContestRow, [stage]);
    await insertRows(this.uow, StageTeamRow, teams);
    await insertRows(this.uow, StageMemberRow, members);
    await insertRows(this.uow, StageQuestionRow, questions);
    await insertRows(this.uow, StageJudgeRow, judges);
  }

  async parts(contestId: string): Promise<StageParts | null> {
    const { manager } = this.uow;
    const stage = await manager.findOneBy(StageContestRow, { contestId });
    if (!stage) return null;
    return {
      stage,
      teams: await this.teams(contestId),
      members: await manager.find(StageMemberRow, { where: { contestId }, order: { team: 'ASC', position: 'ASC' } }),
      questions: await manager.findBy(StageQuestionRow, { contestId }),
      judges: await manager.findBy(StageJudgeRow, { contestId }),
    };
  }

  teams(contestId: string): Promise<StageTeamRow[]> {
    return this.uow.manager.find(StageTeamRow, { where: { contestId }, order: { team: 'ASC' } });
  }

  isStage(contestId: string): Promise<boolean> {
    return this.uow.manager.existsBy(StageContestRow, { contestId });
  }

  isJudge(contestId: string, accountId: string): Promise<boolean> {
    return this.uow.manager.existsBy(StageJudgeRow, { contestId, accountId });
  }

  isContestant(contestId: string, memberId: string): Promise<boolean> {
    return this.uow.manager.existsBy(StageMemberRow, { contestId, memberId });
  }

  /** Ids of the contests where the account sits at the judges' table and that are not over. */
  async judgedBy(accountId: string): Promise<ContestRow[]> {
    const judged = await this.uow.manager.findBy(StageJudgeRow, { accountId });
    if (judged.length === 0) return [];
    const contestIds = judged.map((row) => row.contestId);
    return this.uow.manager
      .createQueryBuilder(ContestRow, 'contest')
      .where('contest.id IN (:...contestIds)', { contestIds })
      .andWhere('contest.endedAt IS NULL')
      .orderBy('contest.id', 'DESC')
      .getMany();
  }

  async keepScore(team: StageTeamRow): Promise<void> {
    const { contestId, team: number, score, place, rightAnswers, wrongAnswers } = team;
    const update = this.uow.manager.createQueryBuilder().update(StageTeamRow);
    await update.set({ score, place, rightAnswers, wrongAnswers }).where({ contestId, team: number }).execute();
  }

  /** Everything but the row in `contest`. */
  async removeParts(contestId: string): Promise<void> {
    for (const table of ownTables) {
      await this.uow.manager.createQueryBuilder().delete().from(table).where({ contestId }).execute();
    }
  }
}
