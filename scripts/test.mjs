// npm test: everything, on every database found. Options: --only mysql (that database's suites alone), --suites pure,medium,…,
// --workers 3 (spec files at once).
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runJest } from './testing/jest-run.mjs';
import { chromiumPath, installMissing, programOf, startRedis, startSqlServer } from './testing/services.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
};
const only = option('only');
const suites = (option('suites') ?? (only ? 'medium,e2e' : 'static,pure,medium,e2e,browser')).split(',');
const workers = Number(option('workers') ?? Math.max(2, availableParallelism()));
const say = (line) => process.stdout.write(`${line}\n`);
const bin = (name) => join(root, 'node_modules', '.bin', name);

let passed = 0;
let failed = 0;
const skipped = [];
const ran = [];
const stops = [];
const scratch = mkdtempSync(join(tmpdir(), 'xuekao-run-'));
const templates = join(scratch, 'templates');
mkdirSync(templates);

const secondsSince = (startedAt) => ((Date.now() - startedAt) / 1000).toFixed(1);

/** Steps run beside each other, so what one prints is shown at its end and only where it failed. */
async function step(title, program, args) {
  const startedAt = Date.now();
  const { code, output } = await run(program, args, {}, { isQuiet: true });
  if (code !== 0) say(output);
  say(`${code === 0 ? '✓' : '✗'} ${title} (${secondsSince(startedAt)} s)`);
  if (code === 0) passed += 1;
  else failed += 1;
  return code === 0;
}

async function jest(projects, env, args) {
  const startedAt = Date.now();
  const { counts, pending } = await runJest(projects, { env, scratch, args });
  skipped.push(...pending);
  for (const [project, count] of Object.entries(counts)) {
    passed += count.passed;
    failed += count.failed;
    say(`${project}: ${count.passed} passed, ${count.failed} failed`);
  }
  say(`${projects.join(', ')} took ${secondsSince(startedAt)} s`);
}

async function findServices() {
  const env = {};
  const { TEST_MYSQL_URL, TEST_MARIADB_URL, TEST_REDIS_URL } = process.env;
  const needsSql = !only && (suites.includes('medium') || suites.includes('e2e'));
  const needsRedis = suites.includes('medium') || suites.includes('e2e');
  const needsBrowser = suites.includes('browser');
  // One server database is enough, unless all that can be had are asked for.
  const wantsMariadb = !TEST_MARIADB_URL && (!TEST_MYSQL_URL || process.env.TEST_MARIADB_TOO === '1');
  await installMissing(
    [
      ...(needsSql && wantsMariadb ? ['mariadb'] : []),
      ...(needsRedis && !TEST_REDIS_URL ? ['redis'] : []),
      ...(needsBrowser ? ['chromium'] : []),
      ...(needsBrowser || suites.includes('medium') ? ['fonts'] : []),
      ...(suites.includes('medium') ? ['soffice', 'pdftotext'] : []),
    ],
    say,
  );
  if (needsSql && !TEST_MARIADB_URL) {
    const server = await startSqlServer();
    const name = server?.kind === 'mariadb' ? 'TEST_MARIADB_URL' : 'TEST_MYSQL_URL';
    if (server) {
      stops.push(server.stop);
      env[name] = process.env[name] ?? server.url;
    } else if (!TEST_MYSQL_URL)
      skipped.push('MariaDB and MySQL: no server program found (install mariadb-server, or set TEST_MYSQL_URL)');
  }
  if (needsRedis && !TEST_REDIS_URL) {
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

/** What this run kept on servers that outlive it: empty databases with all tables, and those of the demo year. */
async function dropTemplates(env) {
  const names = readdirSync(templates, { recursive: true }).map((path) => path.split('/').at(-1));
  const kept = names.filter((name) => /^xk_\d+_[0-9a-f]+$/.test(name));
  const { createConnection } = kept.length > 0 ? await import('mysql2/promise') : {};
  for (const url of [env.TEST_MYSQL_URL, env.TEST_MARIADB_URL]) {
    if (!url || kept.length === 0) continue;
    const connection = await createConnection(url);
    for (const name of kept) await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.end();
  }
}

async function staticChecks() {
  await step('lint', bin('oxlint'), ['--deny-warnings']);
  await step('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
  await step('types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']);
  await step('web types', bin('vue-tsc'), ['--noEmit', '-p', 'apps/web/tsconfig.json']);
}

const build = () =>
  step('build', process.execPath, [
    join(root, 'scripts/build-stale.mjs'),
    'standalone',
    'api',
    'realtime',
    'worker',
    'cli',
    'web',
  ]);

async function main() {
  const sized = suites.filter((suite) => ['medium', 'e2e', 'browser'].includes(suite));
  let isBuilt = true;
  // Packages come over the network while the checks compute.
  const [env] = await Promise.all([
    findServices(),
    (async () => {
      if (suites.includes('static')) await staticChecks();
    })(),
    (async () => {
      if (sized.length > 0) isBuilt = await build();
      if (suites.includes('pure')) await jest(['pure'], { NODE_COMPILE_CACHE: join(scratch, 'compiled') }, []);
    })(),
  ]);
  if (!isBuilt) return;
  Object.assign(env, { TEST_TEMPLATES: templates, NODE_COMPILE_CACHE: join(scratch, 'compiled') });
  if (only) env.TEST_DATABASES = only;
  stops.unshift(() => dropTemplates({ ...process.env, ...env }));
  const projects = sized.filter((suite) => suite !== 'browser' || env.CHROMIUM);
  if (projects.length === 0) return;
  await jest(projects, env, [`--maxWorkers=${workers}`]);
  if (projects.includes('medium')) ran.push(`stores and services on ${databasesOf(env).join(', ')}`);
  if (projects.includes('e2e')) ran.push('end to end over the built apps');
  if (projects.includes('browser')) ran.push(`pages in ${env.CHROMIUM}`);
}

try {
  await main();
} catch (error) {
  failed += 1;
  say(error.stack);
} finally {
  for (const stop of stops) await stop();
  rmSync(scratch, { recursive: true, force: true });
}
for (const line of ran) say(`Ran ${line}`);
for (const line of skipped) say(`Skipped ${line}`);
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
