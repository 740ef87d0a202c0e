import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { realtimeModules, scaledFoundation } from '../../server-modules/src/index.js';
import type { ScaledConfig } from '../../server-modules/src/index.js';

/** Sockets and the rooms themselves. */
@Module({})
export class RealtimeModule {
  static of(config: ScaledConfig): DynamicModule {
    return { module: RealtimeModule, imports: [...scaledFoundation(config, 'realtime'), ...realtimeModules] };
  }
}
