import { Global, Module } from '@nestjs/common';
import { EmbeddedJobQueue } from './jobs/embedded-job-queue.js';
import { JobQueue } from './jobs/job-queue.js';
import { EmbeddedRateLimiter, RateLimiter } from './rate-limit.js';
import { EmbeddedWakeSignal, WakeSignal } from './wake-signal.js';

/** The ports' twins for one process without Redis. */
@Global()
@Module({
  providers: [
    { provide: JobQueue, useClass: EmbeddedJobQueue },
    { provide: RateLimiter, useClass: EmbeddedRateLimiter },
    { provide: WakeSignal, useClass: EmbeddedWakeSignal },
  ],
  exports: [JobQueue, RateLimiter, WakeSignal],
})
export class EmbeddedAdaptersModule {}
