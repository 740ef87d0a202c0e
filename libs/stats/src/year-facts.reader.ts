import { Injectable, Optional } from '@nestjs/common';
import { addDays, zonedParts, type CivilDate } from '@xuekao/kernel';
import { AppClock, AppConfig } from '@xuekao/platform';
import { yearSpan } from './core/index.js';
import type { YearFacts } from './core/index.js';
import { ContestFacts, ExamFacts, MemberFacts, ReadingFacts, SessionFacts } from './facts.ports.js';

/** Gathers a year's facts. A lib that an app does not have has recorded nothing. */
@Injectable()
export class YearFactsReader {
  constructor(
    private readonly members: MemberFacts,
    private readonly sessions: SessionFacts,
    private readonly exams: ExamFacts,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    @Optional() private readonly readings?: ReadingFacts,
    @Optional() private readonly contests?: ContestFacts,
  ) {}

  today(): CivilDate {
    return zonedParts(this.clock.now(), this.config.zone).date;
  }

  async ofYear(year: number): Promise<YearFacts> {
    const end = addDays(yearSpan(year).to, -1);
    const today = this.today();
    return {
      year,
      asOf: today < end ? today : end,
      units: await this.members.units(),
      ...(await this.members.ofYear(year)),
      ...(await this.sessions.ofYear(year)),
      ...(await this.exams.ofYear(year)),
      ...((await this.readings?.ofYear(year)) ?? { handbooks: [], readings: [] }),
      contests: (await this.contests?.ofYear(year)) ?? [],
    };
  }
}
