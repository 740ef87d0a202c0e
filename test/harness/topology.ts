import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from './app-process.js';
import { fillDataFolder } from './demo-template.js';
import { atTheEnd } from './own-processes.js';
import { freePort } from './ports.js';

/** The product as it runs for its users, with the demo bureau in it. */
export interface Topology {
  readonly name: string;
  /** `http://127.0.0.1:port`: pages, API and sockets. */
  readonly url: string;
  /** Login name to password. */
  readonly passwords: ReadonlyMap<string, string>;
  /** `kill -9` of the process that holds rooms and exams, and its start on the same data. */
  crash(): Promise<void>;
  stop(): Promise<void>;
  /** What its processes printed, for a failed test's message. */
  output(): string;
}

export interface TopologyKind {
  readonly name: string;
  start(): Promise<Topology>;
}

export function passwordsOf(file: string): ReadonlyMap<string, string> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(lines.map((line) => line.split('\t').slice(0, 2) as [string, string]));
}

/** One process on SQLite, started as `npm start` does after the build. */
export async function startStandalone(env: Readonly<Record<string, string>> = {}): Promise<Topology> {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-standalone-'));
  const clear = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  atTheEnd(clear);
  if (env.XUEKAO_DEMO !== '0') await fillDataFolder(folder);
  const port = await freePort();
  const app = new AppProcess('standalone', { PORT: String(port), XUEKAO_DATA_DIR: folder, ...env });
  await app.start();
  return {
    name: 'standalone on SQLite',
    url: `http://127.0.0.1:${port}`,
    passwords: env.XUEKAO_DEMO === '0' ? new Map() : passwordsOf(join(folder, 'demo-accounts.txt')),
    async crash() {
      await app.kill();
      await app.start();
    },
    output: () => app.output,
    async stop() {
      await app.stop();
      await clear();
    },
  };
}
