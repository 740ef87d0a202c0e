import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AppClock, SystemClock } from './clock.js';
import { AppConfig } from './config/app-config.js';
import { IdempotencyKeyRow } from './http/idempotency.entity.js';
import { IdempotencyInterceptor } from './http/idempotency.interceptor.js';
import { RouteGuard } from './http/route.guard.js';
import { RoutePolicyCheck } from './http/route-policy.check.js';
import { JobRow } from './jobs/job.entity.js';
import { JobStore } from './jobs/job.store.js';
import { EventRelay, OutboxRelay } from './outbox/event-relay.js';
import { EventDeliveryRow, OutboxEventRow } from './outbox/outbox.entity.js';
import { Outbox, StoredOutbox } from './outbox/outbox.js';
import { SettingRow } from './setting.entity.js';
import { Settings } from './settings.js';

export const platformEntities = [OutboxEventRow, EventDeliveryRow, JobRow, IdempotencyKeyRow, SettingRow] as const;

export interface PlatformOptions {
  readonly config: AppConfig;
  /** Another clock for rehearsing a past year; the system's when absent. */
  readonly clock?: AppClock;
}

/** Config, clock, outbox, relay and settings. The adapter set (`EmbeddedAdapters`, …) gives the other ports. */
@Module({})
export class PlatformModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: AppConfig, useValue: options.config },
        options.clock ? { provide: AppClock, useValue: options.clock } : { provide: AppClock, useClass: SystemClock },
        { provide: EventRelay, useClass: OutboxRelay },
        { provide: Outbox, useClass: StoredOutbox },
        JobStore,
        Settings,
      ],
      exports: [AppConfig, AppClock, EventRelay, Outbox, JobStore, Settings],
    };
  }
}

/** The global guard and interceptor of HTTP, and the check that every route declares who may call it. */
@Module({
  imports: [DiscoveryModule],
  providers: [
    { provide: APP_GUARD, useClass: RouteGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    RoutePolicyCheck,
  ],
  exports: [RoutePolicyCheck],
})
export class PlatformHttpModule {}
