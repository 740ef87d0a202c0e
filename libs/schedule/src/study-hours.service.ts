import { Injectable } from '@nestjs/common';
import type { HoursUnit, SessionType } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import type { CivilDate } from '@xuekao/kernel';
import { AppClock, Outbox } from '@xuekao/platform';
import type { StudyHoursRule } from './core/index.js';
import { ScheduleRefused } from './schedule.errors.js';
import { StudyHoursStore } from './study-hours.store.js';

export interface NewHoursRule {
  readonly type: SessionType | null;
  readonly unit: HoursUnit;
  readonly amount: number;
  /** Hundredths of a study hour. */
  readonly hours: number;
  readonly step: number;
  readonly validFrom: CivilDate;
  readonly source: string;
}

/** The conversion table; rows are added, never changed, so that closed sessions keep the table they were closed under. */
@Injectable()
export class StudyHoursService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: StudyHoursStore,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
  ) {}

  table(): Promise<readonly StudyHoursRule[]> {
    return this.store.table();
  }

  async addRule(input: NewHoursRule): Promise<StudyHoursRule> {
    const rule = { id: newId(), ...input };
    const { amount, hours, step } = rule;
    if (![amount, hours, step].every((n) => Number.isSafeInteger(n) && n > 0)) {
      throw new ScheduleRefused('session.hours-rule.amount', { amount, hours, step });
    }
    await this.uow.run(async () => {
      await this.store.insertRule(rule, this.clock.now());
      await this.outbox.add({
        type: 'study-hours.rule.added',
        subjectType: 'study-hours-rule',
        subjectId: rule.id,
        payload: rule,
      });
    });
    return rule;
  }
}
