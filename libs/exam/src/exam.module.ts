import { BankModule } from '@xuekao/bank';
import { Module } from '@nestjs/common';
import { AttemptClosing } from './attempt-closing.js';
import { AttemptJobs } from './attempt.jobs.js';
import { AttemptSaving } from './attempt-saving.js';
import { AttemptSaveStore } from './attempt-save.store.js';
import { AttemptService } from './attempt.service.js';
import { AttemptStartStore } from './attempt-start.store.js';
import { AttemptStarting } from './attempt-starting.js';
import { AttemptStore } from './attempt.store.js';
import { ExamController } from './exam.controller.js';
import { ExamExportService } from './exam-export.service.js';
import { ExamQuery } from './exam.query.js';
import { ExamResultsQuery } from './exam-results.query.js';
import { ExamRunService } from './exam-run.service.js';
import { ExamService } from './exam.service.js';
import { ExamStore } from './exam.store.js';
import { ExternalExamController } from './external.controller.js';
import { ExternalExamService } from './external.service.js';
import { ExternalStore } from './external.store.js';
import { PaperCache } from './paper-cache.js';
import { PaperController } from './paper.controller.js';
import { PaperService } from './paper.service.js';
import { PaperStore } from './paper.store.js';
import { ResultService } from './result.service.js';
import { SaveLane } from './save-lane.js';
import { TakingController } from './taking.controller.js';

const services = [
  ExamService,
  ExamRunService,
  PaperService,
  AttemptService,
  AttemptClosing,
  AttemptSaving,
  AttemptStarting,
  ResultService,
  ExamQuery,
  ExamResultsQuery,
  ExternalExamService,
  ExamExportService,
];

/** Needs `UnitOfWork`, the platform, and `Access` and `ExamRosters` bound in the app. */
@Module({
  imports: [BankModule],
  providers: [
    PaperStore,
    PaperCache,
    ExamStore,
    AttemptStore,
    AttemptSaveStore,
    AttemptStartStore,
    ExternalStore,
    ...services,
  ],
  exports: services,
})
export class ExamModule {}

@Module({
  imports: [ExamModule],
  providers: [SaveLane],
  controllers: [TakingController, ExamController, PaperController, ExternalExamController],
})
export class ExamHttpModule {}

@Module({ imports: [ExamModule], providers: [AttemptJobs] })
export class ExamJobsModule {}
