import { Injectable } from '@nestjs/common';
import type { SectionKey } from '@xuekao/contracts';
import { insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import { ReportEntity, ReportFrozenEntity, ReportSectionEntity } from './report.entity.js';

@Injectable()
export class ReportStore {
  constructor(private readonly uow: UnitOfWork) {}

  byId(id: string): Promise<ReportEntity | null> {
    return this.uow.manager.findOneBy(ReportEntity, { id });
  }

  /** Reports of the units, newest year first; after the given year and id. */
  async page(
    unitIds: readonly string[],
    year: number | undefined,
    take: number,
    after?: readonly [number, string],
  ): Promise<{ rows: ReportEntity[]; total: number }> {
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const query = this.uow.manager
      .createQueryBuilder(ReportEntity, 'report')
      .where('report.unitId IN (:...unitIds)', { unitIds });
    if (year !== undefined) query.andWhere('report.year = :year', { year });
    const total = await query.getCount();
    if (after)
      query.andWhere('(report.year < :afterYear OR (report.year = :afterYear AND report.id < :afterId))', {
        afterYear: after[0],
        afterId: after[1],
      });
    query.orderBy('report.year', 'DESC').addOrderBy('report.id', 'DESC');
    return { rows: await query.take(take).getMany(), total };
  }

  /** False where the unit has a report of that year already. */
  async insert(report: ReportEntity): Promise<boolean> {
    return (await insertIgnore(this.uow, ReportEntity, report)) === 1;
  }

  /** False where the draft is not at `version` any more. */
  async change(id: string, version: number, changes: Partial<ReportEntity>): Promise<boolean> {
    const result = await this.uow.manager.update(
      ReportEntity,
      { id, version, state: 'draft' },
      { ...changes, version: version + 1 },
    );
    return result.affected === 1;
  }

  /** Raises the version of a draft after one of its sections was written; false where it is final by now. */
  async touch(id: string): Promise<boolean> {
    const result = await this.uow.manager
      .createQueryBuilder()
      .update(ReportEntity)
      .set({ version: () => 'version + 1' })
      .where({ id, state: 'draft' })
      .execute();
    return result.affected === 1;
  }

  sectionsOf(reportId: string): Promise<ReportSectionEntity[]> {
    return this.uow.manager.findBy(ReportSectionEntity, { reportId });
  }

  section(reportId: string, section: SectionKey): Promise<ReportSectionEntity | null> {
    return this.uow.manager.findOneBy(ReportSectionEntity, { reportId, section });
  }

  /** Writes over version `before` (0: nobody wrote it yet). False where somebody else was first. */
  async writeSection(row: ReportSectionEntity, before: number): Promise<boolean> {
    if (before === 0) return (await insertIgnore(this.uow, ReportSectionEntity, row)) === 1;
    const { reportId, section, ...changes } = row;
    const key = { reportId, section, version: before };
    const result = await this.uow.manager.update(ReportSectionEntity, key, changes as never);
    return result.affected === 1;
  }

  async freeze(frozen: ReportFrozenEntity): Promise<void> {
    await insertRows(this.uow, ReportFrozenEntity, [frozen]);
  }

  frozen(reportId: string): Promise<ReportFrozenEntity | null> {
    return this.uow.manager.findOneBy(ReportFrozenEntity, { reportId });
  }
}
