import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { httpModules, scaledFoundation } from '../../server-modules/src/index.js';
import type { ScaledConfig } from '../../server-modules/src/index.js';

/** HTTP and the web files; asks rooms, and enqueues jobs, but runs neither. */
@Module({})
export class ApiModule {
  static of(config: ScaledConfig): DynamicModule {
    return { module: ApiModule, imports: [...scaledFoundation(config, 'api'), ...httpModules] };
  }
}
