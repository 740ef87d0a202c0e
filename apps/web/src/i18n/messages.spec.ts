import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import battle from './zh-CN/battle.js';
import desk from './zh-CN/desk/index.js';
import firstMessages from './zh-CN/index.js';
import stage from './zh-CN/stage.js';

const messages = { ...firstMessages, battle, desk, stage };

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.(vue|ts)$/.test(path) && !path.includes('i18n') && !path.endsWith('.spec.ts'),
);

function textAt(key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (node, part) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[part] : undefined),
      messages,
    );
}

describe('the texts of the interface', () => {
  it('exist for every key that the code names', () => {
    const missing = sources.flatMap((path) => {
      const code = readFileSync(join(root, path), 'utf8');
      const keys = [...code.matchAll(/(?:\bt\(|keypath=|title: )\s*["']([a-z-]+(?:\.[\w-]+)+)["']/gi)].map(
        (hit) => hit[1]!,
      );
      return keys.filter((key) => typeof textAt(key) !== 'string').map((key) => `${path}: ${key}`);
    });
    expect(missing).toEqual([]);
  });

  it('are all written: no empty sentence', () => {
    const empty = (node: unknown, path: string): string[] =>
      typeof node === 'string'
        ? node.trim() === ''
          ? [path]
          : []
        : Object.entries(node as object).flatMap(([key, value]) => empty(value, `${path}.${key}`));
    expect(empty(messages, '')).toEqual([]);
  });

  it('stand in the language files alone: no Chinese in templates', () => {
    const found = sources
      .filter((path) => path.endsWith('.vue'))
      .flatMap((path) => {
        const code = readFileSync(join(root, path), 'utf8').replace(
          /<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>/g,
          '',
        );
        return /\p{Script=Han}/u.test(code.replace(/<!--[\s\S]*?-->/g, '')) ? [path] : [];
      });
    expect(found).toEqual([]);
  });
});
