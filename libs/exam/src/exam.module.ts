import { BankModule } from '@xuekao/bank';
import { Module } from '@nestjs/common';
import { AnalysisController } from './analysis/analysis.controller.js';
import { AnalysisExport } from './analysis/analysis-export.js';
import { AnalysisJobs } from './analysis/analysis.jobs.js';
import { AnalysisService } from './analysis/analysis.service.js';
import { SheetKeeper } from './analysis/sheet-keeper.js';
import { SheetStore } from './analysis/sheet.store.js';
import { AttemptClosing } from './attempt-closing.js';
import { AttemptJobs } from './attempt.jobs.js';
import { AttemptSaving } from './attempt-saving.js';
import { AttemptSaveStore } from './attempt-save.store.js';
import { AttemptService } from './attempt.service.js';
import { AttemptStartStore } from './attempt-start.store.js';
import { AttemptStarting } from './attempt-starting.js';
import { AttemptStore } from './attempt.store.js';
import { AttemptSweep } from './attempt-sweep.js';
import { AttemptViews } from './attempt-views.js';
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
import { CertificateController } from './certificate/certificate.controller.js';
import { CertificateKeeper } from './certificate/certificate-keeper.js';
import { CertificateService } from './certificate/certificate.service.js';
import { CertificateStore } from './certificate/certificate.store.js';
import { AppealController } from './marking/appeal.controller.js';
import { AppealDesk } from './marking/appeal-desk.service.js';
import { AppealService } from './marking/appeal.service.js';
import { AppealStore } from './marking/appeal.store.js';
import { ExamActs } from './marking/exam-act.js';
import { ExamMarking } from './marking/exam-marking.js';
import { MarkerController } from './marking/marker.controller.js';
import { MarkerService } from './marking/marker.service.js';
import { MarkingController } from './marking/marking.controller.js';
import { MarkingJobs } from './marking/marking.jobs.js';
import { MarkingPlanService } from './marking/marking-plan.service.js';
import { MarkingSettingsService } from './marking/marking-settings.service.js';
import { MarkingStore } from './marking/marking.store.js';
import { OutcomeController } from './marking/outcome.controller.js';
import { QuestionActService } from './marking/question-act.service.js';
import { ScriptStore } from './marking/script.store.js';
import { AttemptActivity } from './invigilation/attempt-activity.js';
import { AttemptStatusQuery } from './invigilation/attempt-status.query.js';
import { DayStore } from './invigilation/day.store.js';
import { EvidenceService } from './invigilation/evidence.service.js';
import { ExamAccessService } from './invigilation/exam-access.service.js';
import { PlaceWatch } from './invigilation/place-watch.js';
import { ExamPulse } from './invigilation/exam-pulse.js';
import { InterventionLog } from './invigilation/intervention-log.js';
import { InterventionQuery } from './invigilation/intervention.query.js';
import { InterventionService } from './invigilation/intervention.service.js';
import { InvigilationController } from './invigilation/invigilation.controller.js';
import { InvigilationQuery } from './invigilation/invigilation.query.js';
import { PaperCache } from './paper-cache.js';
import { PaperFilesController } from './paper-files/paper-files.controller.js';
import { PaperFilesService } from './paper-files/paper-files.service.js';
import { PaperController } from './paper.controller.js';
import { PaperService } from './paper.service.js';
import { PaperStore } from './paper.store.js';
import { ReMarking } from './regrade/re-marking.js';
import { RegradeController } from './regrade/regrade.controller.js';
import { RegradeDecisionService } from './regrade/regrade-decision.service.js';
import { RegradeQuery } from './regrade/regrade.query.js';
import { RegradeService } from './regrade/regrade.service.js';
import { RegradeStore } from './regrade/regrade.store.js';
import { ResultService } from './result.service.js';
import { SaveLane } from './save-lane.js';
import { AttemptWatchers } from './socket/attempt-watchers.js';
import { ConsoleWatchers } from './socket/console-watchers.js';
import { ExamGateway } from './socket/exam.gateway.js';
import { ExamHandshake } from './socket/exam-handshake.js';
import { ExamWatch } from './socket/exam-watch.js';
import { TakingController } from './taking.controller.js';

/** Marks by rule, by people and anew; certificates. */
const marking = [
  MarkingStore,
  ScriptStore,
  AppealStore,
  RegradeStore,
  CertificateStore,
  ExamActs,
  ExamMarking,
  ReMarking,
  CertificateKeeper,
];
const markingServices = [
  MarkingSettingsService,
  MarkingPlanService,
  MarkerService,
  AppealService,
  AppealDesk,
  QuestionActService,
  RegradeService,
  RegradeDecisionService,
  RegradeQuery,
  CertificateService,
];
const markingControllers = [
  MarkingController,
  MarkerController,
  OutcomeController,
  AppealController,
  RegradeController,
  CertificateController,
];

const services = [
  ExamService,
  ExamRunService,
  PaperService,
  AttemptService,
  AttemptClosing,
  AttemptSaving,
  AttemptStarting,
  AttemptSweep,
  AttemptViews,
  AttemptActivity,
  DayStore,
  ExamPulse,
  ExamAccessService,
  InterventionLog,
  InterventionService,
  InterventionQuery,
  InvigilationQuery,
  AttemptStatusQuery,
  EvidenceService,
  PlaceWatch,
  ResultService,
  ExamQuery,
  ExamResultsQuery,
  ExternalExamService,
  ExamExportService,
];

/** Item and test statistics, papers to print. */
const analysis = [SheetStore, SheetKeeper, AnalysisService, AnalysisExport, PaperFilesService];

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
    ...marking,
    ...markingServices,
    ...analysis,
    ...services,
  ],
  exports: [...services, ...markingServices, ...analysis, AttemptStore],
})
export class ExamModule {}

@Module({
  imports: [ExamModule],
  providers: [SaveLane],
  controllers: [
    TakingController,
    ExamController,
    InvigilationController,
    PaperController,
    ExternalExamController,
    ...markingControllers,
    AnalysisController,
    PaperFilesController,
  ],
})
export class ExamHttpModule {}

@Module({ imports: [ExamModule], providers: [AttemptJobs, AnalysisJobs, MarkingJobs] })
export class ExamJobsModule {}

/** The gateway; needs `TokenVerifier` and `WakeSignal`. */
@Module({
  imports: [ExamModule],
  providers: [ExamHandshake, AttemptWatchers, ConsoleWatchers, ExamWatch, ExamGateway],
})
export class ExamRealtimeModule {}
