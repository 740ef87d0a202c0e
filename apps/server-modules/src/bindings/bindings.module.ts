import { Global, Module } from '@nestjs/common';
import { BankModule, EntryVersions, PictureViewers } from '@xuekao/bank';
import { ExamRosters, OwnPapersQuery } from '@xuekao/exam';
import { HandbookModule } from '@xuekao/handbook';
import { LiveJudges, LiveMembers, LiveQuestionSource } from '@xuekao/live';
import { AudienceDirectory } from '@xuekao/schedule';
import { BankLiveQuestions } from './bank-live-questions.js';
import { ExamPictureViewers } from './exam-picture-viewers.js';
import { HandbookEntryVersions } from './handbook-entry-versions.js';
import { OrgAudienceDirectory } from './org-audience.directory.js';
import { OrgExamRosters } from './org-exam-rosters.js';
import { OrgLiveJudges } from './org-live-judges.js';
import { OrgLiveMembers } from './org-live-members.js';

/** Ports that sibling libs declare, bound to the libs that can answer them. */
@Global()
@Module({
  imports: [BankModule, HandbookModule],
  providers: [
    OwnPapersQuery,
    { provide: AudienceDirectory, useClass: OrgAudienceDirectory },
    { provide: EntryVersions, useClass: HandbookEntryVersions },
    { provide: ExamRosters, useClass: OrgExamRosters },
    { provide: LiveJudges, useClass: OrgLiveJudges },
    { provide: LiveMembers, useClass: OrgLiveMembers },
    { provide: LiveQuestionSource, useClass: BankLiveQuestions },
    { provide: PictureViewers, useClass: ExamPictureViewers },
  ],
  exports: [AudienceDirectory, EntryVersions, ExamRosters, LiveJudges, LiveMembers, LiveQuestionSource, PictureViewers],
})
export class BindingsModule {}
