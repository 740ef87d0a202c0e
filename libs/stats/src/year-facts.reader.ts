import { Injectable } from '@nestjs/common';
import { addDays } from '@xuekao/kernel';
import { Today } from '@xuekao/org';
import { yearSpan } from './core/index.js';
import type { YearFacts } from './core/index.js';
import { ContestFacts, ExamFacts, MemberFacts, ReadingFacts, SessionFacts } from './facts.ports.js';

/** Gathers a year's facts from the libs that recorded them. */
@Injectable()
export class YearFactsReader {
  constructor(
    private readonly members: MemberFacts,
    private readonly sessions: SessionFacts,
    private readonly exams: ExamFacts,
    private readonly readings: ReadingFacts,
    private readonly contests: ContestFacts,
    private readonly today: Today,
  ) {}

  async ofYear(year: number): Promise<YearFacts> {
    const end = addDays(yearSpan(year).to, -1);
    const today = this.today.date();
    const standing = await this.members.ofYear(year);
    const memberIds = [...new Set(standing.memberships.map((row) => row.memberId))];
    return {
      year,
      asOf: today < end ? today : end,
      units: await this.members.units(),
      ...standing,
      ...(await this.sessions.ofYear(year)),
      ...(await this.exams.ofYear(year)),
      ...(await this.readings.ofYear(year, memberIds)),
      contests: await this.contests.ofYear(year),
    };
  }
}
