// Builds what is older than its sources: node scripts/build-stale.mjs [--force] [app …]; apps default to what `npm start` needs.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const force = process.argv.includes('--force');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const all = ['standalone', 'api', 'realtime', 'worker', 'cli', 'web'];
const wanted = (named.length > 0 ? named : force ? all : ['standalone', 'cli', 'web']).filter((app) =>
  existsSync(join(root, 'apps', app)),
);

const sharedFiles = ['package-lock.json', 'tsconfig.json', 'nest-cli.json', 'rspack.config.mjs'];
const sourcesOf = (app) =>
  app === 'web'
    ? ['apps/web', 'libs/kernel/src', 'libs/contracts/src', 'libs/live/src/core']
    : [`apps/${app}`, 'apps/server-modules', 'libs'];

/** A fingerprint of names, sizes and times: contents need not be read. */
function fingerprint(app) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const info = statSync(full);
    if (info.isDirectory()) {
      for (const name of readdirSync(full).sort()) if (name !== 'node_modules') visit(`${path}/${name}`);
    } else hash.update(`${path}:${info.size}:${info.mtimeMs}\n`);
  };
  for (const path of [...sharedFiles, ...sourcesOf(app)]) visit(path);
  return hash.digest('hex');
}

const bin = (name) => join(root, 'node_modules', '.bin', name);
const command = (app) =>
  app === 'web' ? [bin('vite'), ['build', 'apps/web', '--logLevel', 'warn']] : [bin('nest'), ['build', app]];

function run(app) {
  const [program, args] = command(app);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`Building ${app} failed:\n${output}`))));
  });
}

const stampPath = (app) => join(root, 'dist', 'apps', `.${app}.stamp`);
const stale = wanted
  .map((app) => ({ app, print: fingerprint(app) }))
  .filter(({ app, print }) => force || !existsSync(stampPath(app)) || readFileSync(stampPath(app), 'utf8') !== print);

try {
  if (stale.length > 0) process.stdout.write(`Building ${stale.map(({ app }) => app).join(', ')} …\n`);
  for (const { app, print } of stale) {
    await run(app);
    mkdirSync(dirname(stampPath(app)), { recursive: true });
    writeFileSync(stampPath(app), print);
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
