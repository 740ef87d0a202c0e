// npm run test:soak: the long forms of specs that npm test plays once. Add a line for yours. An argument picks lines by name.
// SOAK_DATABASE=mysql://… runs them on that server instead of SQLite; TEST_DATABASES with TEST_MYSQL_URL on several.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJest } from './testing/jest-run.mjs';

/** `project` of jest.config.mjs, the spec's path, the databases it can run on, and the environment that makes it long. */
const soaks = [
  {
    name: 'crash',
    project: 'e2e',
    spec: 'libs/live/test/crash-twins.e2e.spec.ts',
    databases: ['sqlite'],
    env: { CRASH_RUNS: '20' },
  },
  {
    name: 'fuzz',
    project: 'medium',
    spec: 'libs/live/test/fuzz.medium.spec.ts',
    databases: ['sqlite', 'mysql', 'mariadb'],
    env: { FUZZ_RUNS: '20000' },
  },
  {
    name: 'exam',
    project: 'e2e',
    spec: 'test/e2e/exam-hall.e2e.spec.ts',
    databases: ['sqlite', 'mysql'],
    env: { HALL_PEOPLE: '500', HALL_ANSWERS: '50', HALL_CRASHES: '20', HALL_BROWSERS: '20' },
  },
];

/** The databases asked for, and the environment by which the specs find them. */
function asked() {
  const { SOAK_DATABASE: given, TEST_DATABASES, TEST_MYSQL_URL, TEST_MARIADB_URL } = process.env;
  if (given?.startsWith('mysql://')) return { names: ['mysql'], env: { TEST_MYSQL_URL: given } };
  if (given && given !== 'sqlite') throw new Error(`SOAK_DATABASE must be sqlite or mysql://…, not ${given}`);
  if (given) return { names: ['sqlite'], env: {} };
  const found = ['sqlite', ...(TEST_MYSQL_URL ? ['mysql'] : []), ...(TEST_MARIADB_URL ? ['mariadb'] : [])];
  return { names: TEST_DATABASES ? TEST_DATABASES.split(',') : found, env: {} };
}

/** A setting of the environment goes before the soak's own. */
const soakSettings = ({ env: own }) =>
  Object.fromEntries(Object.entries(own).map(([name, value]) => [name, process.env[name] ?? value]));

const wanted = process.argv.slice(2);
const chosen = soaks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const { names, env } = asked();
const scratch = mkdtempSync(join(tmpdir(), 'xuekao-soak-'));
const say = (line) => process.stdout.write(`${line}\n`);
let passed = 0;
let failed = 0;

for (const soak of chosen) {
  const here = soak.databases.filter((name) => names.includes(name));
  if (here.length === 0) {
    say(`${soak.name}: runs on ${soak.databases.join(', ')}, not on ${names.join(', ')}`);
    continue;
  }
  const startedAt = Date.now();
  const args = ['--testPathPatterns', soak.spec];
  const { counts } = await runJest([soak.project], {
    env: { ...env, ...soakSettings(soak), TEST_DATABASES: here.join(',') },
    scratch,
    args,
  });
  const { passed: well, failed: ill } = counts[soak.project];
  passed += well;
  failed += ill;
  const settings = Object.entries(soakSettings(soak)).map((pair) => pair.join('='));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  say(`${soak.name} on ${here.join(', ')} (${settings.join(' ')}): ${well} passed, ${ill} failed (${seconds} s)`);
}
rmSync(scratch, { recursive: true, force: true });
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
