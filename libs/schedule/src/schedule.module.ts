import { Module } from '@nestjs/common';
import { AttendanceController } from './attendance.controller.js';
import { AttendanceService } from './attendance.service.js';
import { AttendanceViews } from './attendance-view.service.js';
import { MySessionsController, StudyHoursController } from './my-sessions.controller.js';
import { SessionsController } from './sessions.controller.js';
import { MySessionsService } from './my-sessions.service.js';
import { RecordService } from './record.service.js';
import { SessionDecisions } from './session.decisions.js';
import { AttendanceEntity, ErratumEntity, GuestEntity, SessionEntity, SessionItemEntity } from './session.entity.js';
import { SessionFactsQuery } from './session-facts.query.js';
import { SessionPlanning } from './session.planning.js';
import { SessionQuery } from './session.query.js';
import { SessionReader } from './session.reader.js';
import { SessionStore } from './session.store.js';
import { StudyCreditEntity, StudyHoursRuleEntity } from './study-hours.entity.js';
import { StudyHoursService } from './study-hours.service.js';
import { StudyHoursStore } from './study-hours.store.js';

export const scheduleEntities = [
  SessionEntity,
  SessionItemEntity,
  AttendanceEntity,
  GuestEntity,
  ErratumEntity,
  StudyCreditEntity,
  StudyHoursRuleEntity,
] as const;

const services = [
  SessionPlanning,
  SessionReader,
  AttendanceService,
  AttendanceViews,
  RecordService,
  MySessionsService,
  StudyHoursService,
  SessionFactsQuery,
];

/** Stores and services; wants `Access` and `AudienceDirectory` from a global module. */
@Module({
  providers: [SessionStore, SessionQuery, StudyHoursStore, SessionDecisions, ...services],
  exports: services,
})
export class ScheduleModule {}

/** Routes of organisers and members. */
@Module({
  imports: [ScheduleModule],
  controllers: [SessionsController, AttendanceController, MySessionsController, StudyHoursController],
})
export class ScheduleHttpModule {}
