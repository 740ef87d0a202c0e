import { existsSync, renameSync, rmSync } from 'node:fs';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { civilDate, instantAt } from '@xuekao/kernel';
import { SetupService } from '@xuekao/auth';
import { ConfigError, EmbeddedAdaptersModule, EventRelay, JobQueue } from '@xuekao/platform';
import { EmbeddedRoomsModule } from '@xuekao/rooms';
import type { AppConfig } from '@xuekao/platform';
import { quietBoot } from '../boot.js';
import { backgroundModules, domainModules, foundation } from '../modules.js';
import { makeDemoAccounts, saveDemoAccounts } from './demo-accounts.js';
import type { DemoAccount } from './demo-accounts.js';
import { playReport } from './play-report.js';
import { playYear } from './play-year.js';
import { ScriptedClock } from './scripted-clock.js';

@Module({})
class DemoModule {
  static of(config: AppConfig, clock: ScriptedClock): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        ...foundation(config, { clock }),
        EmbeddedAdaptersModule,
        EmbeddedRoomsModule,
        ...domainModules,
        ...backgroundModules,
      ],
    };
  }
}

export interface LoadedDemo {
  readonly accounts: readonly DemoAccount[];
  readonly accountsFile: string;
}

/** Plays the demo year into the database of the configuration, which must be empty, and saves the accounts' passwords. */
export async function playDemo(config: AppConfig): Promise<LoadedDemo> {
  const clock = new ScriptedClock(instantAt(civilDate('2016-12-30'), '09:00', config.zone));
  const app = await NestFactory.createApplicationContext(DemoModule.of(config, clock), {
    logger: ['error', 'fatal'],
    ...quietBoot,
  });
  app.flushLogs();
  try {
    if (!(await app.get(SetupService).isNeeded())) throw new ConfigError('The database is not empty');
    const bureau = await playYear(app, clock);
    await playReport(app, clock, bureau);
    const accounts = await makeDemoAccounts(app, bureau);
    await app.get(EventRelay).drain();
    await app.get(JobQueue).runDue();
    return { accounts, accountsFile: saveDemoAccounts(config.dataDir, accounts) };
  } finally {
    await app.close();
  }
}

/**
 * Plays the demo year into the embedded database where there is none yet; null where there is one, where the demo is turned
 * off, and with a server database. The file gets its name only when all is in it, so a stop in the middle starts anew.
 */
export async function loadDemoOnFirstStart(
  config: AppConfig,
  onBegin: () => void = () => undefined,
): Promise<LoadedDemo | null> {
  if (!config.demo || config.databaseUrl || existsSync(config.databaseFile)) return null;
  onBegin();
  const file = `${config.databaseFile}.loading`;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  const demo = await playDemo({ ...config, databaseFile: file });
  renameSync(file, config.databaseFile);
  return demo;
}
