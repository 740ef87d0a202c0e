import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scratchDatabase } from '@xuekao/database/testing';
import { AppProcess } from './app-process.js';
import { fillServerDatabase } from './demo-template.js';
import { freePort } from './ports.js';
import { hasRedis, privateRedis, redisProgram, testRedis } from './redis.js';
import { ReverseProxy } from './reverse-proxy.js';
import { passwordsOf } from './topology.js';
import type { Topology } from './topology.js';

const serverUrl = process.env.TEST_MYSQL_URL ?? process.env.TEST_MARIADB_URL;

/** A server database and a Redis can be had, and the built apps use them. */
export const hasScaled = serverUrl !== undefined && hasRedis;

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
export async function startScaled(): Promise<ScaledTopology> {
  if (!serverUrl) throw new Error('The scaled topology needs TEST_MYSQL_URL or TEST_MARIADB_URL');
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    return await bringUp(serverUrl, ends, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUp(
  server: string,
  ends: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<ScaledTopology> {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-scaled-'));
  ends.push(async () => rmSync(folder, { recursive: true, force: true }));
  const database = await scratchDatabase(server);
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
  await fillServerDatabase(server, env);
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
    name: `api, realtime and worker on ${new URL(server).protocol.slice(0, -1)} and Redis`,
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
