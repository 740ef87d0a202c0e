// Runs jest projects and counts what came out, project by project.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { owned } from '../../test/harness/own-processes.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** As in jest.config.mjs: the project that a spec file belongs to. */
export function projectOf(path) {
  const size = /\.(medium|contract|e2e|browser)\.spec\.ts$/.exec(path)?.[1];
  return size === 'contract' ? 'medium' : (size ?? 'pure');
}

/** Runs a program from the root; resolves with its exit code and, where `isQuiet`, with what it printed. */
export function run(program, args, env = {}, { isQuiet = false } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = owned(
      spawn(program, args, {
        cwd: root,
        stdio: ['ignore', isQuiet ? 'pipe' : 'inherit', isQuiet ? 'pipe' : 'inherit'],
        env: { ...process.env, ...env },
      }),
    );
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs these projects in one jest: `{ counts: { project: { passed, failed } }, pending: names of skipped tests }`. A run that
 * fails without naming a test counts as one failure of its first project.
 */
export async function runJest(projects, { env, scratch, args = [] }) {
  const output = join(scratch, `${projects.join('-')}.json`);
  const { code } = await run(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      '--selectProjects',
      ...projects,
      '--json',
      `--outputFile=${output}`,
      '--passWithNoTests',
      ...args,
    ],
    env,
  );
  const counts = Object.fromEntries(projects.map((project) => [project, { passed: 0, failed: 0 }]));
  const pending = [];
  const files = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')).testResults : [];
  for (const { name, status, assertionResults } of files) {
    const count = counts[projectOf(name)];
    const having = (wanted) => assertionResults.filter((test) => test.status === wanted);
    count.passed += having('passed').length;
    // A file that could not even be read has failed without a test that did.
    count.failed += having('failed').length || (status === 'failed' ? 1 : 0);
    pending.push(...having('pending').map(({ fullName }) => fullName));
  }
  if (code !== 0 && Object.values(counts).every(({ failed }) => failed === 0)) counts[projects[0]].failed = 1;
  return { counts, pending };
}
