import { Module } from '@nestjs/common';
import { ScheduleModule } from '@xuekao/schedule';
import { MemberFacts, SessionFacts } from './facts.ports.js';
import { OrgMemberFacts } from './org-member.facts.js';
import { ScheduleSessionFacts } from './schedule-session.facts.js';
import { StatsController } from './stats.controller.js';
import { StatsService } from './stats.service.js';
import { YearFactsReader } from './year-facts.reader.js';

/** Reads the libs below; keeps no tables of its own. */
@Module({
  imports: [ScheduleModule],
  providers: [
    { provide: SessionFacts, useClass: ScheduleSessionFacts },
    { provide: MemberFacts, useClass: OrgMemberFacts },
    YearFactsReader,
    StatsService,
  ],
  exports: [StatsService, YearFactsReader],
})
export class StatsModule {}

@Module({ imports: [StatsModule], controllers: [StatsController] })
export class StatsHttpModule {}
