export { AttendanceService } from './attendance.service.js';
export type { ShownCode } from './attendance.service.js';
export { AttendanceViews } from './attendance-view.service.js';
export { AudienceDirectory } from './audience-directory.js';
export * from './core/index.js';
export { MySessionsService } from './my-sessions.service.js';
export type { MyStudyHours } from './my-sessions.service.js';
export { RecordService } from './record.service.js';
export { ScheduleRefused } from './schedule.errors.js';
export type {
  SessionAudiencePayload,
  SessionCountsPayload,
  SessionEventPayload,
  SessionMemberPayload,
} from './schedule.events.js';
export { scheduleEntities, ScheduleHttpModule, ScheduleModule } from './schedule.module.js';
export { SessionFactsQuery } from './session-facts.query.js';
export type { ArchivedSession } from './session-facts.query.js';
export { SessionPlanning } from './session.planning.js';
export type { NewItem, NewSession, SessionRevision } from './session.planning.js';
export type { MySession, SessionFilter, SessionLine } from './session.query.js';
export { SessionReader } from './session.reader.js';
export type { SessionListQuery } from './session.reader.js';
export { StudyHoursService } from './study-hours.service.js';
export type { NewHoursRule } from './study-hours.service.js';
export type { StudyCreditLine } from './study-hours.store.js';
