// node --import ./test/bench/typescript.mjs file.ts: runs the sources as they are, with decorators and the libs' aliases.
import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

function sourceOf(specifier, parent) {
  const lib = /^@xuekao\/([^/]+)(\/(?:testing|core))?$/.exec(specifier);
  if (lib) return pathToFileURL(join(root, 'libs', lib[1], 'src', lib[2] ?? '', 'index.ts')).href;
  const isOurs = specifier.startsWith('.') && parent?.startsWith('file:') && parent.endsWith('.ts');
  return isOurs ? new URL(specifier.replace(/\.js$/, '.ts'), parent).href : undefined;
}

registerHooks({
  resolve(specifier, context, next) {
    const url = sourceOf(specifier, context.parentURL);
    return url ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
