import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue.js';
import { RateLimiter } from '../rate-limit.js';
import { WakeSignal } from '../wake-signal.js';
import { BullJobQueue } from './bull-job-queue.js';
import { BullWorker } from './bull-worker.js';
import { JobPushStore } from './job-push.store.js';
import { RedisConnections } from './redis-connections.js';
import { RedisRateLimiter } from './redis-rate-limiter.js';
import { RedisWakeSignal } from './redis-wake-signal.js';

export interface ScaledAdaptersOptions {
  readonly redisUrl: string;
  /** Only the worker runs jobs; the others enqueue. */
  readonly role: 'api' | 'realtime' | 'worker';
  /** Put before every key; another one for each installation that shares a Redis. */
  readonly prefix?: string;
}

/** The ports' twins for several processes over MySQL and Redis. */
@Module({})
export class ScaledAdaptersModule {
  static forRoot({ redisUrl, role, prefix = 'xuekao' }: ScaledAdaptersOptions): DynamicModule {
    return {
      module: ScaledAdaptersModule,
      global: true,
      providers: [
        { provide: RedisConnections, useFactory: () => RedisConnections.open(redisUrl, prefix) },
        { provide: WakeSignal, useClass: RedisWakeSignal },
        { provide: RateLimiter, useClass: RedisRateLimiter },
        BullJobQueue,
        { provide: JobQueue, useExisting: BullJobQueue },
        ...(role === 'worker' ? [JobPushStore, BullWorker] : []),
      ],
      exports: [RedisConnections, WakeSignal, RateLimiter, JobQueue],
    };
  }
}
