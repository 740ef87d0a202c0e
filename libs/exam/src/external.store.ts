import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import type { ReadResult } from './core/index.js';
import { ExternalExamRow, ExternalResultRow } from './external.entity.js';

@Injectable()
export class ExternalStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(exam: ExternalExamRow, roster: readonly ExternalResultRow[]): Promise<void> {
    await insertRows(this.uow, ExternalExamRow, [exam]);
    await insertRows(this.uow, ExternalResultRow, roster);
  }

  async byId(id: string): Promise<ExternalExamRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(ExternalExamRow, { id }) : null;
  }

  async byIdForUpdate(id: string): Promise<ExternalExamRow | null> {
    if (!isId(id)) return null;
    return forUpdate(this.uow.manager.createQueryBuilder(ExternalExamRow, 'exam').where({ id }), this.uow).getOne();
  }

  resultsOf(examId: string): Promise<ExternalResultRow[]> {
    return this.uow.manager.findBy(ExternalResultRow, { examId });
  }

  async setResult(examId: string, { memberId, status, raw, score }: ReadResult): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ExternalResultRow)
      .set({ status, raw, score })
      .where({ examId, memberId })
      .execute();
  }

  async markImported(exam: ExternalExamRow, importedAt: number): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ExternalExamRow)
      .set({ importedAt, version: exam.version + 1 })
      .where({ id: exam.id })
      .execute();
  }

  /** Newest day first, from after `(heldOn, id)`. */
  async page(
    unitIds: readonly string[],
    limit: number,
    after?: readonly [string, string],
  ): Promise<{ rows: ExternalExamRow[]; total: number }> {
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const query = this.uow.manager
      .createQueryBuilder(ExternalExamRow, 'exam')
      .where('exam.unitId IN (:...unitIds)', { unitIds });
    const total = await query.getCount();
    if (after) {
      query.andWhere('(exam.heldOn < :heldOn OR (exam.heldOn = :heldOn AND exam.id < :afterId))', {
        heldOn: after[0],
        afterId: after[1],
      });
    }
    query
      .orderBy('exam.heldOn', 'DESC')
      .addOrderBy('exam.id', 'DESC')
      .limit(limit + 1);
    return { rows: await query.getMany(), total };
  }

  importedIn(year: number): Promise<ExternalExamRow[]> {
    return this.uow.manager
      .createQueryBuilder(ExternalExamRow, 'exam')
      .where('exam.year = :year AND exam.importedAt IS NOT NULL', { year })
      .orderBy('exam.heldOn')
      .addOrderBy('exam.id')
      .getMany();
  }
}
