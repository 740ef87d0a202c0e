import { Module } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EmbeddedAdaptersModule } from '@xuekao/platform';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import type { AppConfig } from '@xuekao/platform';
import { domainModules, foundation, quietBoot, readConfig } from '../../server-modules/src/index.js';

@Module({})
class CliModule {
  static of(config: AppConfig): DynamicModule {
    return {
      module: CliModule,
      imports: [...foundation(config), EmbeddedAdaptersModule, EmbeddedRoomsModule, ...domainModules],
    };
  }
}

/** Opens the configured installation without HTTP or timers, and closes it afterwards. */
export async function withApp<T>(work: (app: INestApplicationContext, config: AppConfig) => Promise<T>): Promise<T> {
  const config = readConfig();
  const app = await NestFactory.createApplicationContext(CliModule.of(config), {
    logger: ['error', 'fatal'],
    ...quietBoot,
  });
  app.flushLogs();
  try {
    return await work(app, config);
  } finally {
    await app.close();
  }
}
