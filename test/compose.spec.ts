import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { configKeys, parseConfig } from '@xuekao/platform';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly volumes?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, 'docker', file), 'utf8');
const composeOf = (file: string): Compose => parse(read(file), { merge: true }) as Compose;

/** As compose fills variables: `${NAME:?message}` from `given`, `${NAME:-default}` from its default. */
const given: Readonly<Record<string, string>> = { MYSQL_PASSWORD: 'secret', XUEKAO_SECRET: 'x'.repeat(40) };
const fill = (text: string): string =>
  String(text).replace(/\$\{(\w+):([?-])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    if (kind === '-') return given[name] ?? rest;
    if (given[name] === undefined) throw new Error(`${name} has no value`);
    return given[name];
  });

const scaled = composeOf('compose.yml');
const service = (name: string): Service => scaled.services[name]!;
const apps = ['api', 'realtime', 'worker'] as const;

describe('docker/compose.yml', () => {
  it('has the apps, their database and Redis, and one proxy in front', () => {
    expect(Object.keys(scaled.services).toSorted()).toEqual(['api', 'mysql', 'proxy', 'realtime', 'redis', 'worker']);
    expect(service('mysql').image).toBe('mysql:8.4');
    expect(service('redis').image).toMatch(/^redis:7/);
  });

  it('opens the proxy to the outside and nothing else', () => {
    const open = Object.entries(scaled.services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
    expect(service('proxy').ports!.map(fill)).toEqual(['80:80', '443:443']);
  });

  it.each(apps)('runs %s from the image, with settings that the product knows and accepts', (name) => {
    const { environment = {}, command = [] } = service(name);
    expect(Object.keys(environment).filter((key) => !(key in configKeys))).toEqual([]);
    const filled = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, fill(value)]));
    const config = parseConfig(filled, () => {
      throw new Error('XUEKAO_SECRET is missing');
    });
    expect(config).toMatchObject({ port: 3000, dataDir: '/data', trustProxy: true });
    expect(command.at(-1)).toBe(`dist/apps/${name}/main.js`);
    expect(existsSync(join(root, 'apps', name, 'src/main.ts'))).toBe(true);
    expect(service(name).healthcheck!.test.join(' ')).toContain(`127.0.0.1:${config.port}/health`);
  });

  it('gives the apps the addresses of its own services', () => {
    const { DATABASE_URL, REDIS_URL } = service('api').environment!;
    const database = new URL(fill(DATABASE_URL!));
    const mysql = service('mysql').environment!;
    expect(scaled.services).toHaveProperty(database.hostname);
    expect(database.pathname.slice(1)).toBe(mysql.MYSQL_DATABASE);
    expect(database.username).toBe(mysql.MYSQL_USER);
    expect(database.password).toBe(fill(mysql.MYSQL_PASSWORD!));
    expect(scaled.services).toHaveProperty(new URL(fill(REDIS_URL!)).hostname);
  });

  it('waits for services that exist and have a health check, and declares its volumes', () => {
    for (const { depends_on: needs = {}, volumes = [] } of Object.values(scaled.services)) {
      for (const [name, { condition }] of Object.entries(needs)) {
        expect(condition).toBe('service_healthy');
        expect(service(name).healthcheck).toBeDefined();
      }
      for (const volume of volumes.map((each) => each.split(':')[0]!).filter((each) => !each.startsWith('.'))) {
        expect(scaled.volumes).toHaveProperty(volume);
      }
    }
  });

  it('keeps Redis from throwing leases away', () => {
    expect(service('redis').command!.join(' ')).toContain('--maxmemory-policy noeviction');
  });
});

describe('docker/Caddyfile', () => {
  const caddy = read('Caddyfile');

  it('sends sockets to realtime and the rest to api', () => {
    const [, sockets, rest] = /handle \/socket\.io\/\* \{([\s\S]*?)\n\t\}\n[\s\S]*handle \{([\s\S]*?)\n\t\}/.exec(
      caddy,
    )!;
    expect(sockets).toContain('dynamic a realtime 3000');
    expect(rest).toContain('dynamic a api 3000');
  });

  it('keeps health and figures inside', () => {
    expect(caddy).toMatch(/@inside path .*\/metrics/);
    expect(caddy).toContain('respond @inside 404');
  });

  it('has balanced braces', () => {
    expect(caddy.split('{').length).toBe(caddy.split('}').length);
  });
});

describe('docker/compose.dev.yml', () => {
  const dev = composeOf('compose.dev.yml');

  it('has MySQL and Redis of the same versions, on loopback only', () => {
    expect(Object.keys(dev.services).toSorted()).toEqual(['mysql', 'redis']);
    for (const [name, { image, ports }] of Object.entries(dev.services)) {
      expect(image).toBe(service(name).image);
      expect(ports!.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    }
  });
});

describe('docker/Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('builds and runs on the official Node 24, as a user without rights', () => {
    const bases = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(bases).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim']);
    expect(lines).toContain('USER node');
  });

  it('takes every runtime package from `dependencies`, since it leaves the others out', () => {
    expect(lines.join('\n')).toContain('npm prune --omit=dev');
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(runtimePackages().size).toBeGreaterThan(20);
    const missing = [...runtimePackages()].filter((name) => !(name in dependencies));
    expect(missing).toEqual([]);
  });
});

/** Packages of npm that the server's code imports for more than their types. */
function runtimePackages(): Set<string> {
  const files = ['libs', 'apps']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter(
      (file) => /^(libs|apps)\/[^/]+\/src\/.*\.ts$/.test(file) && !/^apps\/web\/|\/testing\/|\.spec\.ts$/.test(file),
    );
  const imports = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import (?!type )[^;]*?from |import |.*\bimport\()'([^'.][^']*)'/gm,
    ),
  ]);
  const names = imports.map((match) => match[1]!).filter((name) => !/^(?:node:|@xuekao\/)/.test(name));
  return new Set(
    names.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}
