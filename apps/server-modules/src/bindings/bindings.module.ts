import { Global, Module } from '@nestjs/common';
import { ExamRosters } from '@xuekao/exam';
import { AudienceDirectory } from '@xuekao/schedule';
import { OrgAudienceDirectory } from './org-audience.directory.js';
import { OrgExamRosters } from './org-exam-rosters.js';

/** Ports that sibling libs declare, bound to the libs that can answer them. */
@Global()
@Module({
  providers: [
    { provide: AudienceDirectory, useClass: OrgAudienceDirectory },
    { provide: ExamRosters, useClass: OrgExamRosters },
  ],
  exports: [AudienceDirectory, ExamRosters],
})
export class BindingsModule {}
