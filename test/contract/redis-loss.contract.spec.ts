import type { TestingModule } from '@nestjs/testing';
import { StorageUnavailable, UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import {
  EventRelay,
  JobQueue,
  Outbox,
  platformEntities,
  RateLimiter,
  RedisConnections,
  RedisUnavailable,
  ScaledAdaptersModule,
} from '@xuekao/platform';
import { platformTestingModule, testConfig } from '@xuekao/platform/testing';
import { freePort } from '../harness/ports.js';
import { privateRedis, redisProgram } from '../harness/redis.js';
import type { TestRedis } from '../harness/redis.js';
import { eventually } from '../harness/eventually.js';

describe('a Redis that is not there', () => {
  it('stops the boot with one sentence that keeps the password', async () => {
    const port = await freePort();
    const attempt = RedisConnections.open(`redis://:hidden@127.0.0.1:${port}`, 'xk');
    await expect(attempt).rejects.toBeInstanceOf(RedisUnavailable);
    await expect(attempt).rejects.toThrow(`Redis at 127.0.0.1:${port} cannot be used: ECONNREFUSED`);
  });
});

const describeWithProgram = redisProgram ? describe : describe.skip;
describeWithProgram('a Redis that goes away and comes back (needs redis-server)', () => {
  onEveryDatabase('with the scaled adapters', [...platformEntities], (database) => {
    let redis: TestRedis;
    let module: TestingModule;
    const ran: number[] = [];
    const handled: string[] = [];

    beforeAll(async () => {
      redis = await privateRedis();
      const adapters = ScaledAdaptersModule.forRoot({ redisUrl: redis.url, role: 'worker' });
      module = await platformTestingModule(database, {}, testConfig(), adapters);
      module.get(JobQueue).handle('work', async ({ n }: { n: number }) => void ran.push(n));
      module.get(EventRelay).subscribe({
        name: 'listener',
        types: ['thing.happened'],
        handle: async (event) => void handled.push(event.subjectId),
      });
      await module.init();
    });
    afterAll(async () => {
      await module.close();
      await redis.stop();
    });

    it('costs no event and no job, only time', async () => {
      const port = Number(new URL(redis.url).port);
      await module.get(JobQueue).enqueue({ name: 'work', payload: { n: 1 } });
      await eventually(() => ran.includes(1));
      await redis.stop();

      await module.get(JobQueue).enqueue({ name: 'work', payload: { n: 2 } });
      await module
        .get(UnitOfWork)
        .run(() =>
          module.get(Outbox).add({ type: 'thing.happened', subjectType: 'thing', subjectId: 't', payload: {} }),
        );
      await eventually(() => handled.includes('t'));
      await expect(module.get(RateLimiter).hit('key', 1, 1000)).rejects.toBeInstanceOf(StorageUnavailable);
      expect(ran).toEqual([1]);

      redis = await privateRedis(port);
      await eventually(() => ran.includes(2), 20_000);
      await eventually(
        async () =>
          (await module
            .get(RateLimiter)
            .hit('key', 1, 1000)
            .catch(() => 1)) === 0,
      );
      expect(ran).toEqual([1, 2]);
    }, 40_000);

    it('lets the process end while it is away', async () => {
      const other = await privateRedis();
      const adapters = ScaledAdaptersModule.forRoot({ redisUrl: other.url, role: 'worker' });
      const second = await platformTestingModule(database, {}, testConfig(), adapters);
      second.get(JobQueue).handle('work', async () => undefined);
      await second.init();
      await other.stop();
      const startedAt = Date.now();
      await second.close();
      expect(Date.now() - startedAt).toBeLessThan(6000);
    }, 40_000);
  });
});
