import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

describe('the API description', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-openapi-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the one that the code gives; `npm run openapi` writes it anew', () => {
    const file = join(folder, 'openapi.json');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'dist/apps/cli/main.js'), 'openapi', file],
      { encoding: 'utf8', timeout: 60_000 },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const committed: unknown = JSON.parse(readFileSync(join(root, 'libs/contracts/openapi.json'), 'utf8'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(committed);
  }, 90_000);

  it('has the types of the web client made from it', () => {
    const out = join(folder, 'schema.d.ts');
    const { status } = spawnSync(
      join(root, 'node_modules/.bin/openapi-typescript'),
      [join(root, 'libs/contracts/openapi.json'), '-o', out],
      { encoding: 'utf8', timeout: 60_000 },
    );
    expect(status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(root, 'apps/web/src/api/schema.d.ts'), 'utf8'));
  }, 90_000);
});
