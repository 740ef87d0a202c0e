import { Injectable } from '@nestjs/common';
import { UnitOfWork, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { In, IsNull, Not } from 'typeorm';
import { packed, unpacked } from '../core/index.js';
import type { AppliedCorrection } from '../core/index.js';
import { RegradeAttemptRow, RegradeFlipRow, RegradeRow } from './regrade.entity.js';
import type { RegradedAttempt } from './regrade.entity.js';

function regraded(row: RegradeAttemptRow): RegradedAttempt {
  return { ...row, marks: unpacked(row.marks) };
}

@Injectable()
export class RegradeStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(run: RegradeRow, attempts: readonly RegradedAttempt[], flips: readonly RegradeFlipRow[]): Promise<void> {
    await insertRows(this.uow, RegradeRow, [run]);
    const rows = attempts.map((attempt) => ({ ...attempt, marks: packed(attempt.marks) }));
    await insertRows(this.uow, RegradeAttemptRow, rows);
    await insertRows(this.uow, RegradeFlipRow, flips);
  }

  async byId(id: string): Promise<RegradeRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(RegradeRow, { id }) : null;
  }

  /** What members may be told of runs. */
  async newsOf(ids: readonly string[]): Promise<Map<string, AppliedCorrection>> {
    if (ids.length === 0) return new Map();
    const runs = await this.uow.manager.find(RegradeRow, {
      select: { id: true, kind: true, reason: true, decidedAt: true },
      where: { id: In([...ids]), state: 'applied' },
    });
    return new Map(runs.map(({ id, kind, reason, decidedAt }) => [id, { id, kind, reason, at: decidedAt! }]));
  }

  /** Newest first. */
  ofExam(examId: string): Promise<RegradeRow[]> {
    return this.uow.manager.find(RegradeRow, { where: { examId }, order: { proposedAt: 'DESC', id: 'DESC' } });
  }

  /** The run whose marks stand: applied last, not reversed and no reverse itself. */
  async lastStanding(examId: string): Promise<RegradeRow | null> {
    const runs = await this.uow.manager.find(RegradeRow, {
      where: { examId, state: 'applied', kind: Not('reverse') },
      order: { decidedAt: 'DESC', id: 'DESC' },
    });
    return runs.find((run) => run.reversedBy === null) ?? null;
  }

  /** Begun from this appeal, applied and not taken back. */
  async appealsApplied(examId: string): Promise<Set<string>> {
    const runs = await this.uow.manager.find(RegradeRow, {
      select: { id: true, appealId: true },
      where: { examId, state: 'applied', kind: Not('reverse'), reversedBy: IsNull(), appealId: Not(IsNull()) },
    });
    return new Set(runs.flatMap(({ appealId }) => appealId ?? []));
  }

  async attempts(runId: string): Promise<RegradedAttempt[]> {
    const rows = await this.uow.manager.find(RegradeAttemptRow, { where: { runId }, order: { attemptId: 'ASC' } });
    return rows.map(regraded);
  }

  /** From after an attempt, one more than asked. */
  async attemptsPage(runId: string, limit: number, after?: string): Promise<RegradedAttempt[]> {
    const query = this.uow.manager.createQueryBuilder(RegradeAttemptRow, 'row').where({ runId });
    if (after !== undefined) query.andWhere('row.attemptId > :after', { after });
    const rows = await query
      .orderBy('row.attemptId', 'ASC')
      .limit(limit + 1)
      .getMany();
    return rows.map(regraded);
  }

  flips(runId: string): Promise<RegradeFlipRow[]> {
    return this.uow.manager.findBy(RegradeFlipRow, { runId });
  }

  async change(id: string, change: Partial<RegradeRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(RegradeRow)
      .set(change as never)
      .where({ id })
      .execute();
  }
}
