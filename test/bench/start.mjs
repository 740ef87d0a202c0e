// npm run bench:start: how long a start takes after the build, and what the idle process holds, beside a bare Fastify server.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const quick = process.argv.includes('--quick');
const runs = quick ? 3 : 7;
const idleMs = quick ? 3000 : 10_000;
const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-'));
const bare = `import Fastify from 'fastify'; const app = Fastify(); app.get('/', async () => ({})); await app.listen({ port: 0, host: '127.0.0.1' }); console.log('listens on');`;

/** Milliseconds from the start of the process to its line, and its resident megabytes after `settleMs`. */
function measure(args, env, settleMs) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.on('error', reject);
    child.on('exit', (code) => code && reject(new Error(`ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('listens on')) return;
      const tookMs = performance.now() - startedAt;
      child.stdout.removeAllListeners('data');
      setTimeout(() => {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        const residentMb = Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
        child.removeAllListeners('exit');
        child.once('exit', () => resolve({ tookMs, residentMb }));
        child.kill('SIGTERM');
      }, settleMs);
    });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const app = ['--disable-warning=ExperimentalWarning', join(root, 'dist/apps/standalone/main.js')];
const env = { XUEKAO_DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1' };

try {
  const first = await measure(app, env, 0);
  const starts = [];
  const floors = [];
  for (let i = 0; i < runs; i++) {
    floors.push(await measure(['--input-type=module', '-e', bare], {}, 200));
    starts.push(await measure(app, env, i === runs - 1 ? idleMs : 200));
  }
  const rows = [
    ['first start with the demo year', first.tookMs, 'ms', null, null],
    [
      'start after the build (median)',
      median(starts.map((run) => run.tookMs)),
      'ms',
      3000,
      median(floors.map((run) => run.tookMs)),
    ],
    ['resident memory, idle', starts.at(-1).residentMb, 'MB', 250, median(floors.map((run) => run.residentMb))],
  ];
  for (const [name, value, unit, limit, floor] of rows) {
    const beside =
      floor === null ? '' : `   bare Fastify ${floor.toFixed(0)} ${unit}, ratio ${(value / floor).toFixed(1)}`;
    process.stdout.write(
      `${name.padEnd(34)} ${value.toFixed(0).padStart(7)} ${unit}${limit === null ? '' : `   limit ${limit}`}${beside}\n`,
    );
  }
  const checks = rows
    .filter(([, , , limit]) => limit !== null)
    .map(([name, value, unit, limit, floor]) => ({
      name,
      value: Math.round(value),
      limit,
      unit,
      floor: Math.round(floor),
      ok: value <= limit,
    }));
  process.stdout.write(`${JSON.stringify({ bench: 'start', checks })}\n`);
  process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
