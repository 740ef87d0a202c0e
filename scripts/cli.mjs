// npm run cli -- <command>: builds the operator's tool where it is stale, then runs it.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = (args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const built = node([join(root, 'scripts/build-stale.mjs'), 'cli']);
process.exit(
  built ||
    node(['--disable-warning=ExperimentalWarning', join(root, 'dist/apps/cli/main.js'), ...process.argv.slice(2)]),
);
