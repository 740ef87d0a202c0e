// npm test: everything, on every database found. Options: --only mysql (that database's suites alone), --suites pure,medium,…
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, installMissing, programOf, startRedis, startSqlServer } from './testing/services.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};
const only = option('only');
const suites = (option('suites') ?? (only ? 'medium,e2e' : 'static,pure,medium,e2e,browser')).split(',');
const say = (line) => process.stdout.write(`${line}\n`);
const bin = (name) => join(root, 'node_modules', '.bin', name);

let passed = 0;
let failed = 0;
const skipped = [];
const ran = [];
const stops = [];
const scratch = mkdtempSync(join(tmpdir(), 'xuekao-run-'));

function run(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function step(title, program, args) {
  const startedAt = Date.now();
  const code = await run(program, args);
  say(`${code === 0 ? '✓' : '✗'} ${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (code === 0) passed += 1;
  else failed += 1;
  return code === 0;
}

async function jest(project, env, extra = []) {
  const output = join(scratch, `${project}.json`);
  const code = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--selectProjects',
      project,
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      ...extra,
    ],
    env,
  );
  const result = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  passed += result?.numPassedTests ?? 0;
  failed += (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  if (code !== 0 && !result?.numFailedTests && !result?.numRuntimeErrorTestSuites) failed += 1;
  for (const file of result?.testResults ?? []) {
    for (const test of file.assertionResults) if (test.status === 'pending') skipped.push(`${test.fullName}`);
  }
  say(`${project}: ${result?.numPassedTests ?? 0} passed, ${result?.numFailedTests ?? 0} failed`);
}

async function findServices() {
  const env = {};
  const needsSql = !only && (suites.includes('medium') || suites.includes('e2e'));
  const needsBrowser = suites.includes('browser');
  installMissing(
    [
      ...(needsSql && !process.env.TEST_MARIADB_URL && !process.env.TEST_MYSQL_URL ? ['mariadb'] : []),
      ...(suites.some((suite) => suite === 'medium' || suite === 'e2e') && !process.env.TEST_REDIS_URL
        ? ['redis']
        : []),
      ...(needsBrowser ? ['chromium'] : []),
      ...(needsBrowser || suites.includes('medium') ? ['fonts'] : []),
      ...(suites.includes('medium') ? ['soffice', 'pdftotext'] : []),
    ],
    say,
  );
  if (needsSql && !process.env.TEST_MARIADB_URL) {
    const server = await startSqlServer();
    if (server) {
      stops.push(server.stop);
      env[server.kind === 'mariadb' ? 'TEST_MARIADB_URL' : 'TEST_MYSQL_URL'] = server.url;
    } else skipped.push('MariaDB and MySQL: no server program found (install mariadb-server, or set TEST_MYSQL_URL)');
  }
  if (!process.env.TEST_REDIS_URL) {
    const redis = await startRedis();
    if (redis) {
      stops.push(redis.stop);
      env.TEST_REDIS_URL = redis.url;
    } else skipped.push('Redis: no redis-server found (install it, or set TEST_REDIS_URL)');
  }
  const chromium = chromiumPath();
  if (chromium) env.CHROMIUM = chromium;
  else if (needsBrowser) skipped.push('browser suite: no Chromium found (install it, or set CHROMIUM)');
  if (suites.includes('medium') && !programOf('soffice'))
    skipped.push('document layout: no LibreOffice found (install libreoffice-writer-nogui)');
  return env;
}

function databasesOf(env) {
  const all = { ...process.env, ...env };
  const found = ['sqlite', ...(all.TEST_MYSQL_URL ? ['mysql'] : []), ...(all.TEST_MARIADB_URL ? ['mariadb'] : [])];
  return only ? found.filter((name) => name === only) : found;
}

/** The demo year's template databases on servers that outlive this run. */
async function dropTemplates(folder) {
  for (const name of existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.json')) : []) {
    const { url } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection(url);
    await connection.query(`DROP DATABASE IF EXISTS \`${new URL(url).pathname.slice(1)}\``);
    await connection.end();
  }
}

async function main() {
  if (suites.includes('static')) {
    await step('lint', bin('oxlint'), ['--deny-warnings']);
    await step('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
    await step('types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']);
    if (existsSync(join(root, 'apps/web/tsconfig.json'))) {
      await step('web types', bin('vue-tsc'), ['--noEmit', '-p', 'apps/web/tsconfig.json']);
    }
  }
  const env = await findServices();
  env.TEST_TEMPLATES = join(scratch, 'templates');
  mkdirSync(env.TEST_TEMPLATES);
  const databases = databasesOf(env);
  if (only) env.TEST_DATABASES = only;
  if (suites.includes('pure')) await jest('pure', env);
  if (suites.includes('e2e') || suites.includes('browser') || suites.includes('medium')) {
    if (
      !(await step('build', process.execPath, [
        join(root, 'scripts/build-stale.mjs'),
        'standalone',
        'api',
        'realtime',
        'worker',
        'cli',
        'web',
      ]))
    )
      return;
  }
  if (suites.includes('medium')) {
    await jest('medium', env, ['--maxWorkers=2']);
    ran.push(`stores and services on ${databases.join(', ')}`);
  }
  if (suites.includes('e2e')) {
    await jest('e2e', env, ['--runInBand']);
    ran.push('end to end over the built apps');
  }
  if (suites.includes('browser') && env.CHROMIUM) {
    await jest('browser', env, ['--runInBand']);
    ran.push(`pages in ${env.CHROMIUM}`);
  }
}

try {
  await main();
} catch (error) {
  failed += 1;
  say(error.stack);
} finally {
  await dropTemplates(join(scratch, 'templates'));
  for (const stop of stops.reverse()) await stop();
  rmSync(scratch, { recursive: true, force: true });
}
for (const line of ran) say(`Ran ${line}`);
for (const line of skipped) say(`Skipped ${line}`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
