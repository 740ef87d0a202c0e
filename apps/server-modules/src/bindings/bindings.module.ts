import { Global, Module } from '@nestjs/common';
import { BankModule } from '@xuekao/bank';
import { ExamRosters } from '@xuekao/exam';
import { LiveMembers, LiveQuestionSource } from '@xuekao/live';
import { AudienceDirectory } from '@xuekao/schedule';
import { BankLiveQuestions } from './bank-live-questions.js';
import { OrgAudienceDirectory } from './org-audience.directory.js';
import { OrgExamRosters } from './org-exam-rosters.js';
import { OrgLiveMembers } from './org-live-members.js';

/** Ports that sibling libs declare, bound to the libs that can answer them. */
@Global()
@Module({
  imports: [BankModule],
  providers: [
    { provide: AudienceDirectory, useClass: OrgAudienceDirectory },
    { provide: ExamRosters, useClass: OrgExamRosters },
    { provide: LiveMembers, useClass: OrgLiveMembers },
    { provide: LiveQuestionSource, useClass: BankLiveQuestions },
  ],
  exports: [AudienceDirectory, ExamRosters, LiveMembers, LiveQuestionSource],
})
export class BindingsModule {}
