import { join, resolve } from 'node:path';

/** Parsed once at boot and frozen. */
export abstract class AppConfig {
  /** IANA zone of the organisation. */
  abstract readonly zone: string;
  abstract readonly dataDir: string;
  /** Signs tokens; at least 32 characters. */
  abstract readonly secret: string;
  abstract readonly port: number;
  abstract readonly host: string;
  /** `mysql://…`; undefined = the embedded database. */
  abstract readonly databaseUrl: string | undefined;
  abstract readonly databaseFile: string;
  /** `redis://…`; undefined = embedded adapters. */
  abstract readonly redisUrl: string | undefined;
  /** Load the demo bureau into an empty database. */
  abstract readonly demo: boolean;
  /** Origins allowed besides the server's own. */
  abstract readonly origins: readonly string[];
  /** Trust X-Forwarded-* of a reverse proxy. */
  abstract readonly trustProxy: boolean;
  /** Set Secure on cookies: the app is served over TLS. */
  abstract readonly secureCookies: boolean;
  abstract readonly logLevel: LogLevel;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Stops the boot with a sentence that names the key. */
export class ConfigError extends Error {}

/** Every environment key of the product with its meaning; the README table and compose test read this list. */
export const configKeys = {
  DATABASE_URL: 'mysql://user:password@host:port/name; absent = embedded SQLite file',
  REDIS_URL: 'redis://host:port; absent = embedded adapters',
  PORT: 'HTTP port, default 3000',
  HOST: 'address to listen on, default 0.0.0.0',
  XUEKAO_DATA_DIR: 'folder of the embedded database, the secret and uploads, default ./data',
  XUEKAO_SECRET: 'signing secret of at least 32 characters; generated into the data folder when absent',
  XUEKAO_ZONE: 'IANA time zone of the organisation, default Asia/Shanghai',
  XUEKAO_DEMO: '0 = an empty database asks for the first administrator instead of loading the demo bureau',
  XUEKAO_ORIGINS: 'comma-separated extra origins allowed to connect',
  XUEKAO_TRUST_PROXY: '1 = trust X-Forwarded-* of the reverse proxy in front',
  XUEKAO_SECURE_COOKIES: '1 = cookies only over TLS',
  XUEKAO_LOG_LEVEL: 'fatal, error, warn (default), info, debug or silent',
  XUEKAO_TEST_INSTALL: '0 = npm test installs no system packages',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** `secretOf` reads or makes the secret of a data folder where the environment has none. */
export function parseConfig(env: Environment, secretOf: (dataDir: string) => string): AppConfig {
  for (const key of Object.keys(env)) {
    if (key.startsWith('XUEKAO_') && !(key in configKeys)) throw new ConfigError(`Unknown setting ${key}`);
  }
  const dataDir = resolve(env.XUEKAO_DATA_DIR ?? './data');
  const databaseUrl = url(env, 'DATABASE_URL', ['mysql:']);
  const redisUrl = url(env, 'REDIS_URL', ['redis:', 'rediss:']);
  if (databaseUrl && redisUrl && !env.XUEKAO_SECRET) {
    throw new ConfigError('XUEKAO_SECRET is required where several processes share one database and Redis');
  }
  const secret = env.XUEKAO_SECRET ?? secretOf(dataDir);
  if (secret.length < 32) throw new ConfigError('XUEKAO_SECRET must have at least 32 characters');
  return Object.freeze({
    zone: zone(env.XUEKAO_ZONE ?? 'Asia/Shanghai'),
    dataDir,
    secret,
    port: port(env.PORT ?? '3000'),
    host: env.HOST ?? '0.0.0.0',
    databaseUrl,
    databaseFile: join(dataDir, 'xuekao.db'),
    redisUrl,
    demo: flag(env, 'XUEKAO_DEMO', true),
    origins: (env.XUEKAO_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
    trustProxy: flag(env, 'XUEKAO_TRUST_PROXY', false),
    secureCookies: flag(env, 'XUEKAO_SECURE_COOKIES', false),
    logLevel: logLevel(env.XUEKAO_LOG_LEVEL ?? 'warn'),
  });
}

function url(env: Environment, key: string, protocols: readonly string[]): string | undefined {
  const text = env[key];
  if (!text) return undefined;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigError(`${key} must be a ${protocols[0]}//… address`);
  }
  return text;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new ConfigError(`PORT must be 0 to 65535, not ${text}`);
  return value;
}

function flag(env: Environment, key: string, otherwise: boolean): boolean {
  const text = env[key];
  if (text === undefined || text === '') return otherwise;
  if (text !== '0' && text !== '1') throw new ConfigError(`${key} must be 0 or 1, not ${text}`);
  return text === '1';
}

function zone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new ConfigError(`XUEKAO_ZONE is not a time zone: ${text}`);
  }
}

function logLevel(text: string): LogLevel {
  const level = logLevels.find((each) => each === text);
  if (!level) throw new ConfigError(`XUEKAO_LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  return level;
}
