import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';

/** `/health`, for every app. */
@Module({ controllers: [HealthController] })
export class HealthModule {}

/** `/metrics`, for apps behind a proxy that keeps it inside. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {}
