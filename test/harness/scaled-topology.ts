import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedDatabase, testTargets } from '@xuekao/database/testing';
import { AppProcess } from './app-process.js';
import { fillServerDatabase } from './demo-template.js';
import { atTheEnd } from './own-processes.js';
import { freePort } from './ports.js';
import { hasRedis, privateRedis, redisProgram, testRedis } from './redis.js';
import { ReverseProxy } from './reverse-proxy.js';
import { passwordsOf } from './topology.js';
import type { Topology } from './topology.js';

export interface ServerDatabase {
  /** `mysql` or `mariadb`. */
  readonly name: string;
  readonly url: string;
}

/** The server databases that the built apps can be tried on here, each together with Redis. */
export const scaledServers: readonly ServerDatabase[] = testTargets().flatMap(({ name, url }) =>
  url && hasRedis ? [{ name, url }] : [],
);

export const scaledApps = ['api', 'realtime', 'worker'] as const;
export type ScaledApp = (typeof scaledApps)[number];

export interface RunningApp {
  readonly process: AppProcess;
  /** Its own address, past the proxy. */
  readonly url: string;
}

export interface ScaledTopology extends Topology {
  readonly apps: Readonly<Record<ScaledApp, RunningApp>>;
  /** Settings that all processes share, for further ones. */
  readonly env: Readonly<Record<string, string>>;
}

/** api, realtime and worker as plain processes over a server database and Redis, behind a proxy as in docker/compose.yml. */
export async function startScaled(server: ServerDatabase): Promise<ScaledTopology> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  atTheEnd(stop);
  try {
    return await bringUp(server, ends, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  server: ServerDatabase,
  ends: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<ScaledTopology> {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-scaled-'));
  ends.push(async () => rmSync(folder, { recursive: true, force: true }));
  const database = await migratedDatabase(server.url);
  ends.push(database.drop);
  const redis = redisProgram ? await privateRedis() : await testRedis();
  ends.push(redis.stop);
  const env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    XUEKAO_DATA_DIR: folder,
    XUEKAO_SECRET: 'a secret of the end-to-end tests, long enough',
    XUEKAO_TRUST_PROXY: '1',
  };
  await fillServerDatabase(server.url, env);
  const apps = {
    api: await appOf('api', env),
    realtime: await appOf('realtime', env),
    worker: await appOf('worker', env),
  };
  const all = Object.values(apps).map((app) => app.process);
  ends.push(async () => void (await Promise.all(all.map((each) => each.stop()))));
  await Promise.all(all.map((each) => each.start()));
  const proxy = await ReverseProxy.start((path) => (path.startsWith('/socket.io') ? apps.realtime : apps.api).url);
  ends.push(() => proxy.stop());
  return {
    name: `api, realtime and worker on ${server.name} and Redis`,
    url: proxy.url,
    passwords: passwordsOf(join(folder, 'demo-accounts.txt')),
    apps,
    env,
    async crash() {
      await Promise.all(all.map((each) => each.kill()));
      await Promise.all(all.map((each) => each.start()));
    },
    output: () => all.map((each) => each.output).join('\n'),
    stop,
  };
}

/** One process on a port of its own, not yet started. */
export async function appOf(name: ScaledApp, env: Readonly<Record<string, string>>): Promise<RunningApp> {
  const port = await freePort();
  return { process: new AppProcess(name, { ...env, PORT: String(port) }), url: `http://127.0.0.1:${port}` };
}
