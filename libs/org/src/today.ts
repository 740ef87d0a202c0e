import { Injectable } from '@nestjs/common';
import { zonedParts, type CivilDate, type Instant } from '@xuekao/kernel';
import { AppClock, AppConfig } from '@xuekao/platform';
import { OrgRefused } from './org.errors.js';

/** The current day of the organisation's zone. */
@Injectable()
export class Today {
  constructor(
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {}

  instant(): Instant {
    return this.clock.now();
  }

  date(): CivilDate {
    return zonedParts(this.clock.now(), this.config.zone).date;
  }

  /** The day itself, or today where none is given. Refuses days to come: history holds what has happened. */
  orPast(date: CivilDate | undefined): CivilDate {
    const today = this.date();
    if (date !== undefined && date > today) throw new OrgRefused('org.transfer.future', { today });
    return date ?? today;
  }
}
