import { Module } from '@nestjs/common';
import { ExamModule } from '@xuekao/exam';
import { HandbookModule } from '@xuekao/handbook';
import { ScheduleModule } from '@xuekao/schedule';
import { ExamResultFacts } from './exam-result.facts.js';
import { HandbookReadingFacts } from './handbook-reading.facts.js';
import { ContestFacts, ExamFacts, MemberFacts, ReadingFacts, SessionFacts } from './facts.ports.js';
import { LiveContestQuery } from './live-contest.query.js';
import { OrgMemberFacts } from './org-member.facts.js';
import { ScheduleSessionFacts } from './schedule-session.facts.js';
import { StatsController } from './stats.controller.js';
import { StatsService } from './stats.service.js';
import { YearFactsReader } from './year-facts.reader.js';

/** Reads the libs below; keeps no tables of its own. */
@Module({
  imports: [ScheduleModule, ExamModule, HandbookModule],
  providers: [
    { provide: SessionFacts, useClass: ScheduleSessionFacts },
    { provide: ExamFacts, useClass: ExamResultFacts },
    { provide: ReadingFacts, useClass: HandbookReadingFacts },
    { provide: ContestFacts, useClass: LiveContestQuery },
    { provide: MemberFacts, useClass: OrgMemberFacts },
    YearFactsReader,
    StatsService,
  ],
  exports: [StatsService, YearFactsReader],
})
export class StatsModule {}

@Module({ imports: [StatsModule], controllers: [StatsController] })
export class StatsHttpModule {}
