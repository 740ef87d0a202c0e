// node test/bench/exam-regrade.mjs [--quick] [--attempts N]: dry run, confirmation and reversal of regrades of 10,000 attempts
// of 100 questions. SQLite always; a server database where TEST_MYSQL_URL or TEST_MARIADB_URL says so, or one is on the PATH.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection } from 'mysql2/promise';
import { startSqlServer } from '../../scripts/testing/services.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const limitMs = 10_000;
const parts = ['one key', 'one question void', 'policy of 40 questions', 'back again'];

/** The child's figures; it ends by itself. */
function child(env, attempts) {
  return new Promise((resolve, reject) => {
    const args = ['--disable-warning=ExperimentalWarning', '--import', join(root, 'test/bench/typescript.mjs')];
    const run = spawn(process.execPath, [...args, join(root, 'test/bench/exam-regrade.ts'), String(attempts)], {
      cwd: root,
      env: { ...process.env, XUEKAO_DEMO: '0', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    run.stdout.on('data', (chunk) => (text += chunk));
    run.on('error', reject);
    run.on('exit', (code) =>
      code === 0
        ? resolve(JSON.parse(text.trim().split('\n').at(-1)))
        : reject(new Error(`ended with ${code}: ${text}`)),
    );
  });
}

/** Checks of one database: every part is its dry run and its confirmation together. */
function checksOf(name, { times, busy, changed }) {
  return parts.map((part) => {
    const value = times[`${part}, dry run`] + times[`${part}, confirmed`];
    const cpu = busy[`${part}, dry run`] + busy[`${part}, confirmed`];
    const of = changed[part] === undefined ? '' : ` (${changed[part]} marks)`;
    const check = { name: `${name}: ${part}${of}`, value, limit: limitMs, unit: 'ms', floor: times.floor, cpu };
    return { ...check, ok: value < limitMs };
  });
}

async function onServer(work) {
  const given = process.env.TEST_MYSQL_URL ?? process.env.TEST_MARIADB_URL;
  const server = given ? { url: given, stop: () => undefined } : await startSqlServer();
  if (!server) return undefined;
  const connection = await createConnection(server.url);
  const database = `xuekao_bench_${process.pid}_regrade`;
  try {
    await connection.query(`CREATE DATABASE ${database}`);
    const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return await work(String(version).includes('MariaDB') ? 'MariaDB' : 'MySQL', url.href);
  } finally {
    await connection.query(`DROP DATABASE IF EXISTS ${database}`);
    await connection.end();
    await server.stop();
  }
}

/** All checks; `only` is `sqlite`, `server` or absent for both. */
export async function regradeChecks({ attempts = 10_000, only } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-regrade-'));
  const checks = [];
  try {
    if (only !== 'server') checks.push(...checksOf('SQLite', await child({ XUEKAO_DATA_DIR: folder }, attempts)));
    const there = async (name, url) =>
      checksOf(name, await child({ XUEKAO_DATA_DIR: folder, DATABASE_URL: url }, attempts));
    if (only !== 'sqlite') checks.push(...((await onServer(there)) ?? []));
    return checks;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--attempts');
  const usual = process.argv.includes('--quick') ? 1000 : 10_000;
  const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
  const checks = await regradeChecks({ attempts: at === -1 ? usual : Number(process.argv[at + 1]), only });
  for (const { name, value, limit, floor, cpu, ok } of checks) {
    const ratio = `   floor ${floor.toFixed(0)}, ratio ${(value / floor).toFixed(2)}, own CPU ${cpu.toFixed(0)} ms`;
    process.stdout.write(
      `${ok ? '✓' : '✗'} ${name.padEnd(54)} ${value.toFixed(0).padStart(6)} ms  limit ${limit} ${ok ? 'met' : 'NOT met'}${ratio}\n`,
    );
  }
  const json = checks.map((check) => ({
    ...check,
    value: Math.round(check.value),
    floor: Math.round(check.floor),
    cpu: Math.round(check.cpu),
  }));
  process.stdout.write(`${JSON.stringify({ bench: 'exam-regrade', checks: json })}\n`);
  process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
}
