// npm run openapi: writes libs/contracts/openapi.json and the web client's types from the running code.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (program, args) => {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run(process.execPath, ['scripts/cli.mjs', 'openapi', 'libs/contracts/openapi.json']);
run(join(root, 'node_modules/.bin/openapi-typescript'), [
  'libs/contracts/openapi.json',
  '-o',
  'apps/web/src/api/schema.d.ts',
]);
