import type { DynamicModule, Type } from '@nestjs/common';
import type { Entities } from '@xuekao/database';
import { AuditHttpModule, auditEntities, AuditJobsModule, AuditModule } from '@xuekao/audit';
import { authEntities, AuthHttpModule, AuthJobsModule, AuthModule } from '@xuekao/auth';
import { bankEntities, BankHttpModule, BankJobsModule, BankModule } from '@xuekao/bank';
import { DatabaseModule } from '@xuekao/database';
import { examEntities, ExamHttpModule, ExamJobsModule, ExamModule, ExamRealtimeModule } from '@xuekao/exam';
import { handbookEntities, HandbookHttpModule, HandbookModule } from '@xuekao/handbook';
import { liveEntities, LiveHttpModule, LiveModule, LiveRealtimeModule } from '@xuekao/live';
import { orgEntities, OrgHttpModule, OrgModule } from '@xuekao/org';
import { platformEntities, PlatformModule } from '@xuekao/platform';
import type { AppClock, AppConfig } from '@xuekao/platform';
import { reportEntities, ReportHttpModule, ReportModule } from '@xuekao/report';
import { roomsEntities } from '@xuekao/rooms';
import { scheduleEntities, ScheduleHttpModule, ScheduleModule } from '@xuekao/schedule';
import { StatsHttpModule, StatsModule } from '@xuekao/stats';
import { BindingsModule } from './bindings/bindings.module.js';
import { loggingModule } from './logging.js';

/** Every table of the product; the drift gate compares them with the migrations. */
export const entities: Entities = [
  ...platformEntities,
  ...roomsEntities,
  ...orgEntities,
  ...authEntities,
  ...handbookEntities,
  ...bankEntities,
  ...examEntities,
  ...scheduleEntities,
  ...liveEntities,
  ...reportEntities,
  ...auditEntities,
];

/** Services and stores of every domain: all apps have them. */
export const domainModules: readonly Type[] = [
  BindingsModule,
  OrgModule,
  AuthModule,
  HandbookModule,
  BankModule,
  ExamModule,
  ScheduleModule,
  LiveModule,
  StatsModule,
  ReportModule,
  AuditModule,
];

/** Controllers, for apps that answer HTTP. */
export const httpModules: readonly Type[] = [
  OrgHttpModule,
  AuthHttpModule,
  HandbookHttpModule,
  BankHttpModule,
  ExamHttpModule,
  ScheduleHttpModule,
  LiveHttpModule,
  StatsHttpModule,
  ReportHttpModule,
  AuditHttpModule,
];

/** Gateways and room hosts, for apps that hold sockets. */
export const realtimeModules: readonly Type[] = [LiveRealtimeModule, ExamRealtimeModule];

/** Job handlers and event subscribers, for apps that work in the background. */
export const backgroundModules: readonly Type[] = [AuthJobsModule, BankJobsModule, ExamJobsModule, AuditJobsModule];

/** What every app starts from: logging, configuration, clock and the open database. */
export function foundation(config: AppConfig, options: { clock?: AppClock; migrate?: boolean } = {}): DynamicModule[] {
  return [
    loggingModule(config),
    PlatformModule.forRoot(options.clock ? { config, clock: options.clock } : { config }),
    DatabaseModule.forRootAsync({
      useFactory: () => ({
        url: config.databaseUrl,
        file: config.databaseFile,
        entities,
        migrate: options.migrate ?? true,
      }),
    }),
  ];
}
