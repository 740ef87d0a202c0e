import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertIgnore, insertRows } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { isId } from '@xuekao/kernel';
import { In } from 'typeorm';
import { AnswerRow, AttemptRow, MarkRow } from '../attempt.entity.js';
import { JudgementRow, MarkerRow, QuestionPlanRow, ScriptRow } from './marking.entity.js';

export interface UnmarkedAnswer {
  readonly attemptId: string;
  readonly memberId: string;
  readonly full: number;
}

/** Plans, markers, scripts and what markers said of them. */
@Injectable()
export class ScriptStore {
  constructor(private readonly uow: UnitOfWork) {}

  plansOf(examId: string): Promise<QuestionPlanRow[]> {
    return this.uow.manager.find(QuestionPlanRow, { where: { examId }, order: { number: 'ASC' } });
  }

  plan(examId: string, number: number): Promise<QuestionPlanRow | null> {
    return this.uow.manager.findOneBy(QuestionPlanRow, { examId, number });
  }

  /** Held until the end of the transaction: one claim at a time. */
  planForUpdate(examId: string, number: number): Promise<QuestionPlanRow | null> {
    const query = this.uow.manager.createQueryBuilder(QuestionPlanRow, 'plan').where({ examId, number });
    return forUpdate(query, this.uow).getOne();
  }

  /** Keeps the seed of a plan that is there. */
  async putPlan(plan: QuestionPlanRow): Promise<void> {
    if ((await insertIgnore(this.uow, QuestionPlanRow, plan)) === 1) return;
    const { examId, number, seed: _seed, ...change } = plan;
    await this.uow.manager
      .createQueryBuilder()
      .update(QuestionPlanRow)
      .set(change as never)
      .where({ examId, number })
      .execute();
  }

  markersOf(examId: string, number?: number): Promise<MarkerRow[]> {
    return this.uow.manager.findBy(MarkerRow, number === undefined ? { examId } : { examId, number });
  }

  marker(examId: string, number: number, memberId: string): Promise<MarkerRow | null> {
    return this.uow.manager.findOneBy(MarkerRow, { examId, number, memberId });
  }

  tasksOf(memberId: string): Promise<MarkerRow[]> {
    return this.uow.manager.findBy(MarkerRow, { memberId });
  }

  /** Scripts of a marker's question, those he has marked, and those that still lack his word; counted where they lie. */
  async tallyOf({ examId, number, memberId, role }: MarkerRow): Promise<Record<'scripts' | 'marked' | 'left', number>> {
    const free = 'word.scriptId IS NULL AND script.state = :state AND script.memberId <> :memberId';
    const row = await this.uow.manager
      .createQueryBuilder(ScriptRow, 'script')
      .leftJoin(
        JudgementRow,
        'word',
        'word.scriptId = script.id AND word.markerId = :memberId AND word.marks IS NOT NULL',
      )
      .select('COUNT(*)', 'scripts')
      .addSelect('COUNT(word.scriptId)', 'marked')
      .addSelect(`COALESCE(SUM(CASE WHEN ${free} THEN 1 ELSE 0 END), 0)`, 'remaining')
      .where('script.examId = :examId AND script.number = :number')
      .setParameters({ examId, number, memberId, state: role === 'arbiter' ? 'arbitration' : 'waiting' })
      .getRawOne<Record<'scripts' | 'marked' | 'remaining', string | number>>();
    return { scripts: Number(row?.scripts), marked: Number(row?.marked), left: Number(row?.remaining) };
  }

  async putMarkers(examId: string, number: number, markers: readonly MarkerRow[]): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(MarkerRow).where({ examId, number }).execute();
    await insertRows(this.uow, MarkerRow, markers);
  }

  /** Answers to a question that wait for a marker and have no script yet; by attempt. */
  async unmarked(examId: string, number: number): Promise<UnmarkedAnswer[]> {
    const manager = this.uow.manager;
    const known = manager
      .createQueryBuilder(ScriptRow, 'script')
      .select('script.attemptId')
      .where('script.examId = :examId AND script.number = :number AND script.cause = :cause');
    const rows = await manager
      .createQueryBuilder(MarkRow, 'mark')
      .innerJoin(AttemptRow, 'attempt', 'attempt.id = mark.attemptId')
      .select('mark.attemptId', 'attemptId')
      .addSelect('attempt.memberId', 'memberId')
      .addSelect('mark.full', 'full')
      .where('attempt.examId = :examId')
      .andWhere('mark.number = :number')
      .andWhere('mark.marks IS NULL')
      .andWhere(`mark.attemptId NOT IN (${known.getQuery()})`)
      .orderBy('mark.attemptId', 'ASC')
      .setParameters({ examId, number, cause: 'written' })
      .getRawMany<UnmarkedAnswer>();
    return rows.map((row) => ({ ...row, full: Number(row.full) }));
  }

  async lastPlace(examId: string, number: number): Promise<number> {
    const row = await this.uow.manager
      .createQueryBuilder(ScriptRow, 'script')
      .select('MAX(script.place)', 'place')
      .where({ examId, number })
      .getRawOne<{ place: number | string | null }>();
    return Number(row?.place ?? 0);
  }

  async addScripts(rows: readonly ScriptRow[]): Promise<void> {
    await insertRows(this.uow, ScriptRow, rows);
  }

  async script(id: string): Promise<ScriptRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(ScriptRow, { id }) : null;
  }

  scriptForUpdate(id: string): Promise<ScriptRow | null> {
    return forUpdate(this.uow.manager.createQueryBuilder(ScriptRow, 'script').where({ id }), this.uow).getOne();
  }

  async changeScript(id: string, change: Partial<ScriptRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ScriptRow)
      .set(change as never)
      .where({ id })
      .execute();
  }

  scriptsOfAttempt(attemptId: string): Promise<ScriptRow[]> {
    return this.uow.manager.find(ScriptRow, { where: { attemptId }, order: { number: 'ASC' } });
  }

  /** Appeals with a mark that no regrade has taken over yet. */
  appealsToApply(examId: string): Promise<ScriptRow[]> {
    return this.uow.manager
      .createQueryBuilder(ScriptRow, 'script')
      .where({ examId, cause: 'appeal', state: 'final' })
      .andWhere('script.runId IS NULL')
      .getMany();
  }

  async setRun(scriptIds: readonly string[], runId: string | null): Promise<void> {
    if (scriptIds.length === 0) return;
    await this.uow.manager
      .createQueryBuilder()
      .update(ScriptRow)
      .set({ runId })
      .where({ id: In([...scriptIds]) })
      .execute();
  }

  async releaseRun(runId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().update(ScriptRow).set({ runId: null }).where({ runId }).execute();
  }

  /** The script that this person has taken and not marked. */
  claimOf(examId: string, number: number, markerId: string): Promise<ScriptRow | null> {
    return this.uow.manager
      .createQueryBuilder(ScriptRow, 'script')
      .innerJoin(JudgementRow, 'own', 'own.scriptId = script.id AND own.markerId = :markerId')
      .where({ examId, number })
      .andWhere(
        "own.marks IS NULL AND script.state = CASE own.role WHEN 'arbiter' THEN 'arbitration' ELSE 'waiting' END",
      )
      .setParameters({ markerId })
      .orderBy('script.place', 'ASC')
      .getOne();
  }

  /** The first script of that state that still lacks a word of that role, not his own and not seen by him before. */
  nextFor(
    { examId, number, memberId, role }: MarkerRow,
    needed: number,
    lapsedBefore: Instant,
  ): Promise<ScriptRow | null> {
    const manager = this.uow.manager;
    const words = manager
      .createQueryBuilder(JudgementRow, 'word')
      .select('COUNT(*)')
      .where('word.scriptId = script.id AND word.role = :role')
      .andWhere('(word.marks IS NOT NULL OR word.claimedAt > :lapsedBefore)');
    const seen = manager
      .createQueryBuilder(JudgementRow, 'own')
      .select('own.scriptId')
      .where('own.markerId = :memberId');
    return manager
      .createQueryBuilder(ScriptRow, 'script')
      .where('script.examId = :examId AND script.number = :number AND script.state = :state')
      .andWhere('script.memberId <> :memberId')
      .andWhere(`script.id NOT IN (${seen.getQuery()})`)
      .andWhere(`(${words.getQuery()}) < :needed`)
      .setParameters({ examId, number, memberId, role, needed, lapsedBefore })
      .setParameters({ state: role === 'arbiter' ? 'arbitration' : 'waiting' })
      .orderBy('script.place', 'ASC')
      .limit(1)
      .getOne();
  }

  async claim(judgement: JudgementRow): Promise<void> {
    await insertRows(this.uow, JudgementRow, [judgement]);
  }

  async release(scriptId: string, markerId: string): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .delete()
      .from(JudgementRow)
      .where({ scriptId, markerId })
      .andWhere('marks IS NULL')
      .execute();
  }

  judgementsOf(scriptId: string): Promise<JudgementRow[]> {
    return this.uow.manager.findBy(JudgementRow, { scriptId });
  }

  /** Every word on the scripts of a question. */
  judgements(examId: string, number: number): Promise<JudgementRow[]> {
    return this.uow.manager
      .createQueryBuilder(JudgementRow, 'word')
      .innerJoin(ScriptRow, 'script', 'script.id = word.scriptId')
      .where('script.examId = :examId AND script.number = :number', { examId, number })
      .andWhere('word.marks IS NOT NULL')
      .getMany();
  }

  async judge(scriptId: string, markerId: string, change: Partial<JudgementRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(JudgementRow)
      .set(change as never)
      .where({ scriptId, markerId })
      .execute();
  }

  scriptsOf(examId: string): Promise<ScriptRow[]> {
    return this.uow.manager.findBy(ScriptRow, { examId });
  }

  answer(attemptId: string, number: number): Promise<AnswerRow | null> {
    return this.uow.manager.findOneBy(AnswerRow, { attemptId, number });
  }
}
