import { Injectable } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { defaultHoursRules } from './core/index.js';
import type { StudyHoursRule } from './core/index.js';
import { SessionEntity, SessionItemEntity } from './session.entity.js';
import { StudyCreditEntity, StudyHoursRuleEntity } from './study-hours.entity.js';

/** A credit with the item and session that gave it. */
export interface StudyCreditLine extends StudyCreditEntity {
  readonly sessionTitle: string;
  readonly itemTitle: string;
  readonly type: SessionItemEntity['type'];
}

@Injectable()
export class StudyHoursStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** The shipped rows and the organisation's own; which holds is decided by `hoursRuleOn`. */
  async table(): Promise<readonly StudyHoursRule[]> {
    const own = await this.uow.manager.find(StudyHoursRuleEntity, { order: { validFrom: 'ASC', id: 'ASC' } });
    return [...defaultHoursRules, ...own];
  }

  async insertRule(rule: StudyHoursRule, createdAt: Instant): Promise<void> {
    await insertRows(this.uow, StudyHoursRuleEntity, [{ ...rule, createdAt }]);
  }

  /** A member's credits of a year, newest first. */
  async creditsOf(memberId: string, year: number): Promise<StudyCreditLine[]> {
    const { manager } = this.uow;
    const credits = await manager.find(StudyCreditEntity, {
      where: { memberId, year },
      order: { localDate: 'DESC', itemId: 'ASC' },
    });
    const items = new Map(
      (
        await this.byIds(
          SessionItemEntity,
          credits.map((row) => row.itemId),
        )
      ).map((item) => [item.id, item]),
    );
    const sessions = new Map(
      (
        await this.byIds(
          SessionEntity,
          credits.map((row) => row.sessionId),
        )
      ).map((head) => [head.id, head]),
    );
    return credits.map((credit) => {
      const item = items.get(credit.itemId)!;
      const sessionTitle = sessions.get(credit.sessionId)!.title;
      return { ...credit, sessionTitle, itemTitle: item.title, type: item.type };
    });
  }

  private async byIds<T extends { id: string }>(entity: new () => T, ids: readonly string[]): Promise<T[]> {
    if (ids.length === 0) return [];
    return this.uow.manager
      .createQueryBuilder(entity, 'row')
      .where('row.id IN (:...ids)', { ids: [...new Set(ids)] })
      .getMany();
  }

  /** Credits of everybody in a year: for statistics. */
  creditsOfYear(year: number): Promise<StudyCreditEntity[]> {
    return this.uow.manager.find(StudyCreditEntity, { where: { year }, order: { memberId: 'ASC', itemId: 'ASC' } });
  }
}
