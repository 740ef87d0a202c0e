import type { TestingModule } from '@nestjs/testing';
import { newId } from '@xuekao/kernel';
import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities, RateLimiter } from '@xuekao/platform';
import { eventually } from '../harness/eventually.js';
import { onBothTwins } from './twins.js';

onBothTwins('the rate limiter', (twin) => {
  onEveryDatabase(`over ${twin.name} adapters`, [...platformEntities], (database) => {
    let module: TestingModule;
    let limiter: RateLimiter;
    beforeAll(async () => {
      module = await twin.module(database);
      limiter = module.get(RateLimiter);
    });
    afterAll(() => module.close());

    /** The embedded twin's windows move with the test's clock, those of Redis with real time. */
    const hit = async (key: string, limit: number, windowMs: number): Promise<number> => {
      database.clock.set(Date.now());
      return limiter.hit(key, limit, windowMs);
    };

    it('allows up to the limit, then tells the seconds to wait', async () => {
      const key = newId();
      for (let i = 0; i < 3; i++) expect(await hit(key, 3, 10_000)).toBe(0);
      const wait = await hit(key, 3, 10_000);
      expect(wait).toBeGreaterThanOrEqual(9);
      expect(wait).toBeLessThanOrEqual(10);
    });

    it('keeps keys apart', async () => {
      const [one, other] = [newId(), newId()];
      await hit(one, 1, 10_000);
      expect(await hit(one, 1, 10_000)).toBeGreaterThan(0);
      expect(await hit(other, 1, 10_000)).toBe(0);
    });

    it('allows again when the window has passed', async () => {
      const key = newId();
      expect(await hit(key, 1, 300)).toBe(0);
      expect(await hit(key, 1, 300)).toBe(1);
      await eventually(async () => (await hit(key, 1, 300)) === 0, 3000);
    });

    it('counts every one of many hits at once', async () => {
      const key = newId();
      const answers = await Promise.all(Array.from({ length: 40 }, () => hit(key, 10, 10_000)));
      expect(answers.filter((wait) => wait === 0)).toHaveLength(10);
    });

    if (twin.name === 'scaled') {
      it('counts over all processes', async () => {
        const key = newId();
        const other = await twin.module(database);
        expect(await hit(key, 2, 10_000)).toBe(0);
        expect(await other.get(RateLimiter).hit(key, 2, 10_000)).toBe(0);
        expect(await other.get(RateLimiter).hit(key, 2, 10_000)).toBeGreaterThan(0);
        expect(await hit(key, 2, 10_000)).toBeGreaterThan(0);
        await other.close();
      });
    }
  });
});
