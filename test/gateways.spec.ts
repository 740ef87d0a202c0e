import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const sources = globSync('libs/*/src/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.spec.ts'));

describe('gateways', () => {
  const gateways = sources.filter((path) => /^@WebSocketGateway\(/m.test(readFileSync(join(root, path), 'utf8')));

  it('are there', () => expect(gateways).not.toEqual([]));

  it.each(gateways)('wear the guarded base: %s', (path) => {
    expect(readFileSync(join(root, path), 'utf8')).toMatch(/^@GuardedGateway\(\)\n@WebSocketGateway\(/m);
  });
});
