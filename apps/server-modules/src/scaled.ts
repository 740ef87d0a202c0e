import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigError, PlatformHttpModule, RedisConnections, ScaledAdaptersModule } from '@xuekao/platform';
import type { AppConfig, ScaledAdaptersOptions } from '@xuekao/platform';
import { RedisRoomsModule } from '@xuekao/rooms';
import { doorwayOf } from './doorway.js';
import { HealthModule, MetricsModule } from './health/health.module.js';
import { domainModules, foundation } from './modules.js';
import { readConfig } from './start.js';

export type ScaledRole = ScaledAdaptersOptions['role'];

export interface ScaledConfig extends AppConfig {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** The configuration of a process that shares its work with others; throws ConfigError with one sentence. */
export function readScaledConfig(role: ScaledRole, env: NodeJS.ProcessEnv = process.env): ScaledConfig {
  for (const key of ['DATABASE_URL', 'REDIS_URL'] as const) {
    if (!env[key]) throw new ConfigError(`${role} needs ${key}; the standalone app runs without`);
  }
  return readConfig(env) as ScaledConfig;
}

/** What the processes of the scaled form have in common: everything but their own lists. */
export function scaledFoundation(config: ScaledConfig, role: ScaledRole): (DynamicModule | Type)[] {
  const { redisUrl } = config;
  return [
    ...foundation(config),
    ScaledAdaptersModule.forRoot({ redisUrl, role }),
    RedisRoomsModule.forRoot({ url: redisUrl, owns: role === 'realtime' }),
    ...domainModules,
    PlatformHttpModule,
    HealthModule,
    MetricsModule,
  ];
}

const claimMs = 10 * 60_000;

/** Runs `work` in one of the processes that start together; the others go on without waiting. */
export async function inOneProcess(app: INestApplicationContext, name: string, work: () => Promise<void>) {
  const { commands, prefix } = app.get(RedisConnections);
  const key = `${prefix}:start:${name}`;
  if ((await commands.set(key, '1', 'PX', claimMs, 'NX')) !== 'OK') return;
  try {
    await work();
  } finally {
    await commands.del(key);
  }
}

export async function listen(app: NestFastifyApplication, config: AppConfig, name: string): Promise<void> {
  await app.listen(doorwayOf(config));
  process.stdout.write(`Xuekao ${name} listens on ${await app.getUrl()}\n`);
}
