import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { In, Not } from 'typeorm';
import { AppealRow } from './marking.entity.js';

/** What members ask to be looked at again, and what they were answered. */
@Injectable()
export class AppealStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(row: AppealRow): Promise<void> {
    await insertRows(this.uow, AppealRow, [row]);
  }

  async byId(id: string): Promise<AppealRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(AppealRow, { id }) : null;
  }

  byIds(ids: readonly string[]): Promise<AppealRow[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.uow.manager.findBy(AppealRow, { id: In([...ids]) });
  }

  async byIdForUpdate(id: string): Promise<AppealRow | null> {
    if (!isId(id)) return null;
    return forUpdate(this.uow.manager.createQueryBuilder(AppealRow, 'appeal').where({ id }), this.uow).getOne();
  }

  ofAttempt(attemptId: string): Promise<AppealRow[]> {
    return this.uow.manager.find(AppealRow, { where: { attemptId }, order: { filedAt: 'ASC', id: 'ASC' } });
  }

  ofExam(examId: string): Promise<AppealRow[]> {
    return this.uow.manager.find(AppealRow, { where: { examId }, order: { filedAt: 'ASC', id: 'ASC' } });
  }

  ofMember(memberId: string): Promise<Pick<AppealRow, 'examId' | 'state'>[]> {
    return this.uow.manager.find(AppealRow, { select: { id: true, examId: true, state: true }, where: { memberId } });
  }

  /** How many appeals of each attempt have their answer. */
  async answeredOf(attemptIds: readonly string[]): Promise<Map<string, number>> {
    if (attemptIds.length === 0) return new Map();
    const rows = await this.uow.manager.find(AppealRow, {
      select: { id: true, attemptId: true },
      where: { attemptId: In([...attemptIds]), state: Not('open') },
    });
    const counts = new Map<string, number>();
    for (const { attemptId } of rows) counts.set(attemptId, (counts.get(attemptId) ?? 0) + 1);
    return counts;
  }

  async change(id: string, change: Partial<AppealRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(AppealRow)
      .set(change as never)
      .where({ id })
      .execute();
  }
}
