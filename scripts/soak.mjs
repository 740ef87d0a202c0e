// npm run test:soak: the long forms of specs that npm test plays once. Add a line for yours. An argument picks lines by name.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `project` of jest.config.mjs, the spec's path, and the environment that makes it long. */
const soaks = [
  { name: 'crash', project: 'e2e', spec: 'libs/live/test/crash-twins.e2e.spec.ts', env: { CRASH_RUNS: '20' } },
  { name: 'fuzz', project: 'medium', spec: 'libs/live/test/fuzz.medium.spec.ts', env: { FUZZ_RUNS: '20000' } },
  {
    name: 'exam',
    project: 'e2e',
    spec: 'test/e2e/exam-hall.e2e.spec.ts',
    env: { HALL_PEOPLE: '500', HALL_ANSWERS: '50', HALL_CRASHES: '20', HALL_BROWSERS: '20' },
  },
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = process.argv.slice(2);
const chosen = soaks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const scratch = mkdtempSync(join(tmpdir(), 'xuekao-soak-'));
let passed = 0;
let failed = 0;

function jest({ project, spec, env }, output) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const options = ['--selectProjects', project, '--testPathPatterns', spec, '--json', `--outputFile=${output}`];
  const child = spawn(process.execPath, [...flags, join(root, 'node_modules/jest/bin/jest.js'), ...options], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

for (const soak of chosen) {
  const startedAt = Date.now();
  const output = join(scratch, `${soak.name}.json`);
  const code = await jest(soak, output);
  const result = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  const failures = (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0);
  passed += result?.numPassedTests ?? 0;
  failed += failures === 0 && code !== 0 ? 1 : failures;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  process.stdout.write(`${soak.name}: ${result?.numPassedTests ?? 0} passed, ${failures} failed (${seconds} s)\n`);
}
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
