import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

let pieces: ReadonlyMap<number, string> | undefined;

/** `U+4e00-4e05,U+4e07` as code points. */
function* codePointsOf(ranges: string): Generator<number> {
  for (const range of ranges.split(',')) {
    const [from, to = from] = range.trim().replace(/^U\+/iu, '').split('-');
    for (let point = Number.parseInt(from!, 16); point <= Number.parseInt(to!, 16); point += 1) yield point;
  }
}

/** Noto Serif SC (SIL OFL 1.1) comes in a hundred files by code point; latin is the last choice for what both have. */
function loaded(): ReadonlyMap<number, string> {
  if (pieces) return pieces;
  const folder = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-serif-sc/package.json'));
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  const isNumbered = (key: string): boolean => key.startsWith('[');
  const keys = Object.keys(ranges).toSorted((a, b) => Number(isNumbered(a)) - Number(isNumbered(b)));
  pieces = new Map(
    keys.flatMap((key) => {
      const file = join(folder, 'files', `noto-serif-sc-${key.replace(/[[\]]/gu, '')}-wght-normal.woff2`);
      return Array.from(codePointsOf(ranges[key]!), (point) => [point, file] as const);
    }),
  );
  return pieces;
}

/** The file that draws a code point; undefined where the font has none for it. */
export function pieceOf(codePoint: number): string | undefined {
  return loaded().get(codePoint);
}
