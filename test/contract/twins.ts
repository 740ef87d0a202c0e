import { randomBytes } from 'node:crypto';
import type { ModuleMetadata } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import type { TestDatabase } from '@xuekao/database/testing';
import { EmbeddedAdaptersModule, ScaledAdaptersModule } from '@xuekao/platform';
import { platformTestingModule, testConfig } from '@xuekao/platform/testing';
import { hasRedis, testRedis } from '../harness/redis.js';
import type { TestRedis } from '../harness/redis.js';

export interface Twin {
  readonly name: 'embedded' | 'scaled';
  /** A module over the adapter set. Modules of one twin share its Redis and its keys, as processes do. */
  module(database: TestDatabase, metadata?: ModuleMetadata): Promise<TestingModule>;
  readonly redisUrl: string | undefined;
  /** Put before the keys of this suite, so that suites may share a Redis. */
  readonly prefix: string;
}

/** Declares the same suite for both twins of a port; the scaled one is skipped by name where no Redis can be had. */
export function onBothTwins(title: string, declare: (twin: Twin) => void): void {
  describe(`${title}, embedded`, () => {
    declare({
      name: 'embedded',
      redisUrl: undefined,
      prefix: '',
      module: (database, metadata = {}) =>
        platformTestingModule(database, metadata, testConfig(), EmbeddedAdaptersModule),
    });
  });
  const describeScaled = hasRedis ? describe : describe.skip;
  describeScaled(`${title}, scaled (needs redis-server or TEST_REDIS_URL)`, () => {
    const prefix = `xk-${process.pid}-${randomBytes(4).toString('hex')}`;
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await testRedis();
    });
    afterAll(() => redis.stop());
    declare({
      name: 'scaled',
      prefix,
      get redisUrl() {
        return redis.url;
      },
      module: (database, metadata = {}) =>
        platformTestingModule(
          database,
          metadata,
          testConfig(),
          ScaledAdaptersModule.forRoot({ redisUrl: redis.url, role: 'worker', prefix }),
        ),
    });
  });
}
