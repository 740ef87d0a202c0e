import { ConfigError, parseConfig } from './app-config.js';

const secret = 'x'.repeat(32);
const parse = (env: Record<string, string>) => parseConfig({ XUEKAO_SECRET: secret, ...env }, () => secret);

describe('configuration', () => {
  it('starts embedded in Shanghai with the demo by default', () => {
    const config = parse({});
    expect(config).toMatchObject({
      zone: 'Asia/Shanghai',
      port: 3000,
      demo: true,
      databaseUrl: undefined,
      redisUrl: undefined,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });
  it.each([
    [{ XUEKAO_DEOM: '0' }, 'Unknown setting XUEKAO_DEOM'],
    [{ XUEKAO_DEMO: 'no' }, 'XUEKAO_DEMO must be 0 or 1'],
    [{ PORT: '70000' }, 'PORT must be'],
    [{ PORT: 'http' }, 'PORT must be'],
    [{ DATABASE_URL: 'postgres://x' }, 'DATABASE_URL must be a mysql:'],
    [{ XUEKAO_ZONE: 'Mars/Base' }, 'not a time zone'],
    [{ XUEKAO_SECRET: 'short' }, 'at least 32'],
    [{ XUEKAO_LOG_LEVEL: 'loud' }, 'XUEKAO_LOG_LEVEL'],
  ])('refuses %j', (env, sentence) => {
    expect(() => parse(env)).toThrow(ConfigError);
    expect(() => parse(env)).toThrow(sentence);
  });
  it('asks for a shared secret in the scaled form', () => {
    const env = { DATABASE_URL: 'mysql://a@b/c', REDIS_URL: 'redis://b' };
    expect(() => parseConfig(env, () => secret)).toThrow('XUEKAO_SECRET is required');
    expect(parseConfig({ ...env, XUEKAO_SECRET: secret }, () => '').redisUrl).toBe('redis://b');
  });
});
