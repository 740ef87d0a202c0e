import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Instant } from '@xuekao/kernel';
import { openDatabase } from '../open.js';
import type { Entities, OpenDatabase } from '../open.js';
import type { UnitOfWork } from '../unit-of-work.js';
import { copyMigratedFile, migratedDatabase } from './scratch.js';

export { migratedDatabase, scratchDatabase } from './scratch.js';
export type { ScratchDatabase } from './scratch.js';

/** A clock that moves only when told. */
export class FakeClock implements Clock {
  constructor(private at: Instant) {}
  now(): Instant {
    return this.at;
  }
  advance(ms: number): void {
    this.at += ms;
  }
  set(at: Instant): void {
    this.at = at;
  }
}

export function fakeClock(at: Instant = Date.UTC(2017, 10, 22, 7, 0)): FakeClock {
  return new FakeClock(at);
}

export interface TestDatabase {
  /** `sqlite`, `mysql` or `mariadb`. */
  readonly name: string;
  readonly url: string | undefined;
  readonly file: string | undefined;
  readonly opened: OpenDatabase;
  readonly uow: UnitOfWork;
  readonly clock: FakeClock;
}

interface Target {
  readonly name: string;
  readonly url: string | undefined;
}

/** The databases this run has: SQLite always, the servers whose URL is in the environment. */
export function testTargets(): Target[] {
  const servers = [
    { name: 'mysql', url: process.env.TEST_MYSQL_URL },
    { name: 'mariadb', url: process.env.TEST_MARIADB_URL },
  ].filter((target) => target.url);
  const all = [{ name: 'sqlite', url: undefined }, ...servers];
  const only = process.env.TEST_DATABASES?.split(',');
  return only ? all.filter((target) => only.includes(target.name)) : all;
}

/**
 * Declares the same suite once for each database of this run, on a scratch database with all migrations applied. The
 * argument's fields may be read inside tests and hooks only.
 */
export function onEveryDatabase(title: string, entities: Entities, declare: (database: TestDatabase) => void): void {
  describe.each(testTargets())(`${title} on $name`, ({ name, url }) => {
    const state: { opened?: OpenDatabase; url?: string; file?: string; cleanUp: (() => Promise<void>)[] } = {
      cleanUp: [],
    };
    const clock = fakeClock();
    const opened = (): OpenDatabase => {
      if (!state.opened) throw new Error('The database is open inside tests and hooks only');
      return state.opened;
    };

    beforeAll(async () => {
      if (url) {
        const scratch = await migratedDatabase(url);
        state.url = scratch.url;
        state.cleanUp.push(scratch.drop);
      } else {
        const folder = mkdtempSync(join(tmpdir(), 'xuekao-test-'));
        state.file = join(folder, 'test.db');
        await copyMigratedFile(state.file);
        state.cleanUp.push(async () => rmSync(folder, { recursive: true, force: true }));
      }
      state.opened = await openDatabase({ url: state.url, file: state.file, entities });
    }, 120_000);

    afterAll(async () => {
      await state.opened?.close();
      for (const step of state.cleanUp) await step();
    }, 60_000);

    declare({
      name,
      clock,
      get url() {
        return state.url;
      },
      get file() {
        return state.file;
      },
      get opened() {
        return opened();
      },
      get uow() {
        return opened().uow;
      },
    });
  });
}
