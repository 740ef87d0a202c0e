import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

describe('the shapes of the API', () => {
  it('have one name each, since the API description keeps only one of two namesakes', () => {
    const files = globSync('{libs,apps}/*/src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
    const places = new Map<string, string[]>();
    for (const file of files) {
      for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(/^(?:export )?class (\w+Dto)\b/gm)) {
        places.set(name!, [...(places.get(name!) ?? []), file]);
      }
    }
    expect(places.size).toBeGreaterThan(50);
    expect([...places].filter(([, where]) => where.length > 1)).toEqual([]);
  });
});
