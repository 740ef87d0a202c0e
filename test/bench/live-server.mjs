// The server under test, the floor and the generator as processes, for bench:live.
import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { seed } from './live-seed.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
export const secret = 'a secret of the live bench, longer than it must be';
const quiet = '--disable-warning=ExperimentalWarning';
const probing = ['--import', join(here, 'live-probe.mjs')];

/** Resolves with the port once the child says that it listens. */
function started(child, what) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`${what} ended with ${code ?? signal}: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const port = /listens on .*?(\d+)(?: \(|\n)/.exec(text)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
  });
}

/** The built standalone app over a database of its own with `people` in it. */
export async function startApp({ database, people, nodeArgs = [] }) {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-live-'));
  const probe = join(folder, 'probe.log');
  const scratch = database ? await scratchDatabase(database) : null;
  const env = {
    PATH: process.env.PATH,
    XUEKAO_DATA_DIR: folder,
    XUEKAO_SECRET: secret,
    XUEKAO_DEMO: '0',
    HOST: '127.0.0.1',
    PORT: '0',
    BENCH_PROBE: probe,
    ...(scratch ? { DATABASE_URL: scratch.url } : {}),
  };
  const migrated = spawnSync(process.execPath, [quiet, join(root, 'dist/apps/cli/main.js'), 'migrate'], {
    cwd: root,
    env,
  });
  if (migrated.status !== 0) throw new Error(`Migrating failed: ${migrated.stderr}`);
  await seed({ url: scratch?.url, file: join(folder, 'xuekao.db'), people });
  const args = [quiet, ...probing, ...nodeArgs, join(root, 'dist/apps/standalone/main.js')];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await started(child, 'The app');
  return {
    port,
    pid: child.pid,
    probe,
    async stop() {
      await ended(child);
      await scratch?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function scratchDatabase(url) {
  const name = `bench_live_${process.pid}_${Date.now()}`;
  const server = new URL(url);
  server.pathname = '/';
  const run = async (sql) => {
    const connection = await createConnection(server.href);
    await connection.query(sql);
    await connection.end();
  };
  await run(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => run(`DROP DATABASE \`${name}\``) };
}

export async function startFloor() {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-floor-'));
  const probe = join(folder, 'probe.log');
  const child = spawn(process.execPath, [...probing, join(here, 'floor-socket.mjs')], {
    cwd: root,
    env: { PATH: process.env.PATH, BENCH_PROBE: probe },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await started(child, 'The floor');
  return {
    port,
    pid: child.pid,
    probe,
    async stop() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The generator; `call(task, given)` resolves with what the task found. */
export function startPhones() {
  const child = fork(join(here, 'live-phones.mjs'), { cwd: root, serialization: 'advanced' });
  const waiting = new Map();
  let number = 0;
  child.on('message', ({ id, value, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(value);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The generator ended with ${code}`));
  });
  return {
    call: (task, given = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++number, { resolve, reject });
        child.send({ id: number, task, given });
      }),
    stop: () => ended(child),
  };
}

/** Resident kilobytes of a process. */
export function residentKb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

/** Milliseconds of CPU that a process has used. */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Open files this process and its children may have. */
export function fileLimit() {
  return Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))[1]);
}
