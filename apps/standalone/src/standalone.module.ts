import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { EmbeddedAdaptersModule, PlatformHttpModule } from '@xuekao/platform';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import type { AppConfig } from '@xuekao/platform';
import {
  backgroundModules,
  domainModules,
  foundation,
  HealthModule,
  httpModules,
  realtimeModules,
} from '../../server-modules/src/index.js';

/** Everything in one process over the embedded adapters. */
@Module({})
export class StandaloneModule {
  static of(config: AppConfig): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        ...foundation(config),
        EmbeddedAdaptersModule,
        EmbeddedRoomsModule,
        ...domainModules,
        PlatformHttpModule,
        HealthModule,
        ...httpModules,
        ...realtimeModules,
        ...backgroundModules,
      ],
    };
  }
}
