// npm run bench:exam [-- --quick]: saves and starts of an exam over real HTTP, beside a bare Fastify endpoint that only writes.
// SQLite always; a server database where TEST_MYSQL_URL or TEST_MARIADB_URL says so, or its program is on the PATH.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { startSqlServer } from '../../scripts/testing/services.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const here = join(root, 'test/bench/exam');
const quick = process.argv.includes('--quick');
const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const connections = option('connections', 100);
const people = option('players', 2000);
const rounds = option('rounds', quick ? 2 : 3);
const runMs = quick ? 2500 : 8000;
const say = (line) => process.stdout.write(`${line}\n`);

/** A process of ours that has printed its address; `output` resolves with all its text when it ends by itself. */
function run(args, env = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /listens on (http:\S+)/.exec(text);
      if (found) resolve(found[1].replace('localhost', '127.0.0.1'));
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}: ${text}`)));
  });
  address.catch(() => undefined);
  const output = async () => {
    const code = await ended;
    if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${text}`);
    return text;
  };
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { address, output, stop, pid: child.pid };
}

const ask = async (script, task) => {
  const result = JSON.parse(await run([join(here, script), JSON.stringify(task)]).output());
  if (result.failures > 0) throw new Error(`${script}: ${result.failures} failures, first ${result.firstFailure}`);
  return result;
};
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function serverDatabase() {
  const given = process.env.TEST_MYSQL_URL ?? process.env.TEST_MARIADB_URL;
  const server = given ? { url: given, stop: () => undefined } : await startSqlServer();
  if (!server) return undefined;
  const connection = await createConnection(server.url);
  const names = ['app', 'floor'].map((name) => `xuekao_bench_${process.pid}_${name}`);
  for (const name of names) await connection.query(`CREATE DATABASE ${name}`);
  const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
  const [app, floor] = names.map((name) => {
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    return url.href;
  });
  return {
    name: String(version).includes('MariaDB') ? 'MariaDB' : 'MySQL',
    env: { DATABASE_URL: app },
    floor: ['mysql', floor],
    async stop() {
      for (const name of names) await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
      await server.stop();
    },
  };
}

async function measure({ name, env, floor }, folder) {
  const seedFile = join(folder, 'seed.json');
  const appEnv = { ...env, XUEKAO_DATA_DIR: folder, XUEKAO_DEMO: '0', PORT: '0' };
  const typescript = ['--import', join(root, 'test/bench/typescript.mjs')];
  await run([...typescript, join(here, 'seed.ts'), String(people), String(connections), seedFile], appEnv).output();
  const app = run([join(root, 'dist/apps/standalone/main.js')], appEnv);
  const bare = run([join(here, 'floor.mjs'), ...floor]);
  try {
    const task = { seedFile, connections, warmMs: 1500, runMs };
    const apps = [];
    const floors = [];
    for (let round = 0; round < rounds; round++) {
      floors.push(await ask('generator.mjs', { ...task, url: await bare.address }));
      apps.push(await ask('generator.mjs', { ...task, url: await app.address }));
    }
    const steady = await ask('generator.mjs', { ...task, url: await app.address, perSecond: 1000 });
    const starts = await ask('starts.mjs', { url: await app.address, seedFile, people, withinMs: 10_000 });
    const place = env.DATABASE_URL ?? join(folder, 'xuekao.db');
    const expiry = await ask('expiry.mjs', { place, seedFile });
    return checksOf(name, { apps, floors, steady, starts, expiry });
  } finally {
    await app.stop();
    await bare.stop();
  }
}

function checksOf(name, { apps, floors, steady, starts, expiry }) {
  const of = (runs, field) => median(runs.map((each) => each[field]));
  const rate = { app: of(apps, 'perSecond'), floor: of(floors, 'perSecond') };
  const late = { app: of(apps, 'p99'), floor: of(floors, 'p99') };
  const check = (what, value, limit, unit, floor, ok) => ({ name: `${name}: ${what}`, value, limit, unit, floor, ok });
  return [
    check('saves per second', rate.app, rate.floor / 2, '1/s', rate.floor, rate.app >= rate.floor / 2),
    check('p99 of a save', late.app, late.floor * 3, 'ms', late.floor, late.app <= late.floor * 3),
    check('p99 at 1,000 saves per second', steady.p99, 100, 'ms', null, steady.p99 < 100),
    check(`p95 of ${people} starts in 10 s`, starts.p95, 500, 'ms', null, starts.p95 < 500),
    check(`expiry of ${expiry.attempts} attempts`, expiry.tookMs, 5000, 'ms', expiry.floorMs, expiry.tookMs < 5000),
    check(
      'attempts of these starts',
      starts.started,
      people,
      '',
      null,
      starts.started === people && starts.doubled === 0,
    ),
  ];
}

const kinds = [];
const scratch = mkdtempSync(join(tmpdir(), 'xuekao-bench-exam-'));
let server;
try {
  if (only !== 'server') {
    const place = join(scratch, 'floor.db');
    kinds.push({ name: 'SQLite', env: {}, floor: ['sqlite', place] });
  }
  server = only === 'sqlite' ? undefined : await serverDatabase();
  if (server) kinds.push(server);
  else if (only !== 'sqlite') say('No MySQL or MariaDB found: set TEST_MYSQL_URL');
  const checks = [];
  for (const kind of kinds) checks.push(...(await measure(kind, mkdtempSync(join(scratch, 'data-')))));
  for (const { name, value, limit, unit, floor, ok } of checks) {
    const figures = `${value.toFixed(value < 100 ? 1 : 0).padStart(8)} ${unit.padEnd(4)} limit ${limit.toFixed(0).padStart(6)}`;
    const beside = floor === null ? '' : `   floor ${floor.toFixed(1)}, ratio ${(value / floor).toFixed(2)}`;
    say(`${ok ? '✓' : '✗'} ${name.padEnd(42)} ${figures}${beside}`);
  }
  const round = (value) => (value === null ? null : Math.round(value * 10) / 10);
  const json = checks.map((each) => ({
    ...each,
    value: round(each.value),
    limit: round(each.limit),
    floor: round(each.floor),
  }));
  say(JSON.stringify({ bench: 'exam', checks: json }));
  process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
} finally {
  await server?.stop();
  rmSync(scratch, { recursive: true, force: true });
}
