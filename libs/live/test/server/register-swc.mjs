import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const libs = resolve(import.meta.dirname, '../../..');

/** Same settings as the tests' own transform, so that a child process runs the sources without a build. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** What was transformed before, by its text: a crash spec starts its server dozens of times. */
const cache = join(tmpdir(), `xuekao-swc-${process.getuid?.() ?? 0}`);
mkdirSync(cache, { recursive: true });

function transformed(filename) {
  const text = readFileSync(filename, 'utf8');
  const print = createHash('sha256')
    .update(`${filename}\n${JSON.stringify(swc)}\n${text}`)
    .digest('hex');
  const kept = join(cache, `${print}.js`);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code } = transformSync(text, { ...swc, filename });
  const making = `${kept}.${process.pid}`;
  writeFileSync(making, code);
  renameSync(making, kept);
  return code;
}

function sourceOf(specifier, parentUrl) {
  const lib = /^@xuekao\/([^/]+)(?:\/(testing|core))?$/.exec(specifier);
  if (lib) return join(libs, lib[1], 'src', lib[2] ?? '', 'index.ts');
  if (!specifier.startsWith('.') || !parentUrl?.startsWith('file:')) return undefined;
  const path = join(dirname(fileURLToPath(parentUrl)), specifier).replace(/\.js$/, '.ts');
  return path.endsWith('.ts') && existsSync(path) ? path : undefined;
}

registerHooks({
  resolve(specifier, context, next) {
    const source = sourceOf(specifier, context.parentURL);
    return source
      ? { url: pathToFileURL(source).href, format: 'module', shortCircuit: true }
      : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    return { format: 'module', source: transformed(fileURLToPath(url)), shortCircuit: true };
  },
});
