import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Floors of docs/architecture.md: a file imports floors below its own only. */
const floors: Readonly<Record<string, number>> = {
  kernel: 0,
  contracts: 0,
  database: 1,
  platform: 1,
  rooms: 1,
  org: 2,
  auth: 2,
  handbook: 3,
  bank: 3,
  practice: 4,
  exam: 4,
  schedule: 4,
  live: 4,
  stats: 5,
  report: 5,
  notify: 5,
  audit: 5,
};

/** The only sideways edges: kernel under contracts and platform over database are the ground itself. */
const allowedSideways = new Set([
  'contracts → kernel',
  'platform → database',
  'rooms → database',
  'rooms → platform',
  'auth → org',
  'report → stats',
]);

interface Import {
  readonly file: string;
  readonly target: string;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesUnder(path);
    return /\.(ts|vue)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [relative(root, path)] : [];
  });
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([\w@./-]+)'/gm)].map((match) => ({
    file,
    target: match[1]!,
  }));
}

const isDirectory = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

const libFiles = filesUnder(join(root, 'libs'));
const appFiles = isDirectory(join(root, 'apps')) ? filesUnder(join(root, 'apps')) : [];
const libOf = (file: string): string => file.split('/')[1]!;
const isTest = (file: string): boolean => file.endsWith('.spec.ts') || /\/(test|testing)\//.test(file);
const xuekao = (target: string): string | undefined => /^@xuekao\/([^/]+)/.exec(target)?.[1];

describe('the floors', () => {
  it('know every lib', () => {
    const unknown = [...new Set(libFiles.map(libOf))].filter((lib) => !(lib in floors));
    expect(unknown).toEqual([]);
  });

  it('are imported downward only', () => {
    const edges = libFiles
      .filter((file) => !isTest(file))
      .flatMap(importsOf)
      .map(({ file, target }) => ({ file, from: libOf(file), to: xuekao(target) }))
      .filter(
        (edge): edge is { file: string; from: string; to: string } => edge.to !== undefined && edge.to !== edge.from,
      )
      .filter(({ from, to }) => floors[to]! >= floors[from]! && !allowedSideways.has(`${from} → ${to}`))
      .map(({ file, from, to }) => `${file}: ${from} → ${to}`);
    expect(edges).toEqual([]);
  });

  it('reach another lib through its index, and never by a relative path', () => {
    const faults = [...libFiles, ...appFiles]
      .flatMap(importsOf)
      .filter(({ file, target }) => {
        if (target.startsWith('@xuekao/')) return !/^@xuekao\/[^/]+(\/testing|\/core)?$/.test(target);
        if (!target.startsWith('.') || !file.startsWith('libs/')) return false;
        const path = relative(root, join(root, file, '..', target));
        return !path.startsWith(`libs/${libOf(file)}/`);
      })
      .map(({ file, target }) => `${file}: ${target}`);
    expect(faults).toEqual([]);
  });

  it('keep testing entries out of the product', () => {
    const faults = [...libFiles, ...appFiles]
      .filter((file) => !isTest(file))
      .flatMap(importsOf)
      .filter(({ target }) => /^@xuekao\/[^/]+\/testing$/.test(target))
      .map(({ file, target }) => `${file}: ${target}`);
    expect(faults).toEqual([]);
  });
});

describe('core folders', () => {
  it('import nothing but kernel, contracts and their own core', () => {
    const faults = libFiles
      .filter((file) => /^libs\/[^/]+\/src\/core\//.test(file) && !isTest(file))
      .flatMap(importsOf)
      .filter(({ file, target }) => {
        if (target === '@xuekao/kernel' || target === '@xuekao/contracts') return false;
        if (!target.startsWith('.')) return true;
        return !relative(root, join(root, file, '..', target)).startsWith(`libs/${libOf(file)}/src/core/`);
      })
      .map(({ file, target }) => `${file}: ${target}`);
    expect(faults).toEqual([]);
  });
});

describe('the web app', () => {
  it('imports only contracts, kernel and pure cores of the libs', () => {
    const faults = appFiles
      .filter((file) => file.startsWith('apps/web/'))
      .flatMap(importsOf)
      .filter(({ target }) => {
        const lib = xuekao(target);
        return lib !== undefined && lib !== 'contracts' && lib !== 'kernel' && !target.endsWith('/core');
      })
      .map(({ file, target }) => `${file}: ${target}`);
    expect(faults).toEqual([]);
  });
});

describe('the bans of the database rules', () => {
  const banned: readonly (readonly [string, RegExp])[] = [
    ['save()', /\.(?:manager|repository|repo)\.save\(/],
    ['upsert()', /\.upsert\(/],
    ['DataSource.transaction', /dataSource\.transaction/],
    ['InjectRepository', /InjectRepository/],
    ['cascade', /cascade:\s*(?:true|\[)/],
    ['eager', /eager:\s*true/],
    ['synchronize', /synchronize:\s*true/],
    ['a question for the dialect', /\.options\.type\s*===|\.dialect\s*===/],
    ['CreateDateColumn', /CreateDateColumn|UpdateDateColumn|CURRENT_TIMESTAMP|NOW\(\)/],
    ['a relation', /@(?:OneToMany|ManyToOne|OneToOne|ManyToMany)\(/],
    ['a driver message', /Duplicate entry|UNIQUE constraint failed/],
  ];

  it.each(banned)('%s stands nowhere outside libs/database', (_, pattern) => {
    const faults = [...libFiles, ...appFiles].filter(
      (file) =>
        !file.startsWith('libs/database/') && !isTest(file) && pattern.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(faults).toEqual([]);
  });
});

describe('tests', () => {
  it('are never skipped or focused', () => {
    const pattern = /\b(?:it|test|describe)\.(?:only|todo)\(|\bx(?:it|describe)\(|\bf(?:it|describe)\(/;
    const faults = [...libFiles, ...appFiles, ...filesUnder(join(root, 'test'))].filter(
      (file) => file !== 'test/architecture.spec.ts' && pattern.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(faults).toEqual([]);
  });
});
