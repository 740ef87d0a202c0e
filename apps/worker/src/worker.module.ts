import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { backgroundModules, scaledFoundation } from '../../server-modules/src/index.js';
import type { ScaledConfig } from '../../server-modules/src/index.js';

/** Jobs, schedules and the event relay. Its HTTP port has health and metrics only. */
@Module({})
export class WorkerModule {
  static of(config: ScaledConfig): DynamicModule {
    return { module: WorkerModule, imports: [...scaledFoundation(config, 'worker'), ...backgroundModules] };
  }
}
