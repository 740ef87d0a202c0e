import type { TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { JobQueue, JobRow, platformEntities } from '@xuekao/platform';
import { eventually } from '../harness/eventually.js';
import { onBothTwins } from './twins.js';
import type { Twin } from './twins.js';

interface Work {
  readonly n: number;
}

onBothTwins('the job queue', (twin: Twin) => {
  onEveryDatabase(`over ${twin.name} adapters`, [...platformEntities], (database) => {
    let module: TestingModule;
    let jobs: JobQueue;
    let uow: UnitOfWork;
    let ran: number[] = [];
    let failures = 0;

    const start = async (isRunning: boolean): Promise<void> => {
      module = await twin.module(database);
      jobs = module.get(JobQueue);
      uow = module.get(UnitOfWork);
      jobs.handle('work', async ({ n }: Work) => {
        if (failures > 0) {
          failures -= 1;
          throw new Error('work fails');
        }
        ran.push(n);
      });
      if (isRunning) await module.init();
    };
    const rows = (): Promise<JobRow[]> => uow.manager.find(JobRow);
    const stateOf = async (): Promise<string[]> => (await rows()).map((row) => row.state);

    beforeEach(async () => {
      ran = [];
      failures = 0;
      await database.opened.writer.query('DELETE FROM job');
    });
    afterEach(() => module.close());

    describe('by hand', () => {
      beforeEach(() => start(false));

      it('runs what is due once, and what is not due later', async () => {
        await jobs.enqueue({ name: 'work', payload: { n: 1 } });
        await jobs.enqueue({ name: 'work', payload: { n: 2 }, runAt: database.clock.now() + 5000 });
        await jobs.runDue();
        await jobs.runDue();
        expect(ran).toEqual([1]);
        database.clock.advance(5000);
        await jobs.runDue();
        expect(ran).toEqual([1, 2]);
      });

      it('forgets a job whose transaction failed', async () => {
        const attempt = uow.run(async () => {
          await jobs.enqueue({ name: 'work', payload: { n: 1 } });
          throw new Error('rolled back');
        });
        await expect(attempt).rejects.toThrow('rolled back');
        await jobs.runDue();
        expect(ran).toEqual([]);
        expect(await rows()).toEqual([]);
      });

      it('keeps one waiting job of a key, with the last payload and time', async () => {
        await jobs.enqueue({ name: 'work', payload: { n: 1 }, key: 'k', runAt: database.clock.now() + 1000 });
        await jobs.enqueue({ name: 'work', payload: { n: 2 }, key: 'k', runAt: database.clock.now() + 3000 });
        database.clock.advance(2000);
        await jobs.runDue();
        expect(ran).toEqual([]);
        database.clock.advance(2000);
        await jobs.runDue();
        expect(ran).toEqual([2]);
      });

      it('tries a failed job again after a pause, eight times at most', async () => {
        failures = 99;
        await jobs.enqueue({ name: 'work', payload: { n: 1 }, key: 'k' });
        for (let tries = 0; tries < 10; tries++) {
          await jobs.runDue();
          database.clock.advance(400_000);
        }
        expect(failures).toBe(99 - 8);
        expect(await rows()).toMatchObject([{ state: 'failed', jobKey: null, lastError: 'Error: work fails' }]);
        failures = 0;
        await jobs.enqueue({ name: 'work', payload: { n: 2 }, key: 'k' });
        await jobs.runDue();
        expect(ran).toEqual([2]);
      });

      it('gives a job to one of two workers', async () => {
        const first = module;
        for (let n = 0; n < 12; n++) await jobs.enqueue({ name: 'work', payload: { n } });
        await start(false);
        await Promise.all([first.get(JobQueue).runDue(), jobs.runDue()]);
        expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
        await first.close();
      });

      it('has one handler for a name', () => {
        expect(() => jobs.handle('work', async () => undefined)).toThrow('handler already');
      });
    });

    describe('by itself', () => {
      beforeEach(() => start(true));

      it('runs a job soon after its commit', async () => {
        await jobs.enqueue({ name: 'work', payload: { n: 7 } });
        await eventually(() => ran.length === 1);
        await eventually(async () => (await stateOf())[0] === 'done');
        expect(ran).toEqual([7]);
      });

      it('runs many jobs once each', async () => {
        const count = 150;
        await uow.run(async () => {
          for (let n = 0; n < count; n++) await jobs.enqueue({ name: 'work', payload: { n } });
        });
        await eventually(async () => (await stateOf()).every((state) => state === 'done'), 30_000);
        expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
      }, 40_000);

      it('waits for the time of a job, also when a key gives it an earlier one', async () => {
        await jobs.enqueue({ name: 'work', payload: { n: 1 }, key: 'k', runAt: database.clock.now() + 600_000 });
        await jobs.enqueue({ name: 'work', payload: { n: 2 }, key: 'later', runAt: database.clock.now() + 600_000 });
        if (twin.name === 'scaled')
          await eventually(async () => (await rows()).every((row) => row.dispatchedAt !== null));
        await jobs.enqueue({ name: 'work', payload: { n: 3 }, key: 'k' });
        await eventually(() => ran.length === 1);
        await eventually(async () => (await stateOf()).includes('done'));
        expect(ran).toEqual([3]);
        expect((await stateOf()).toSorted()).toEqual(['done', 'waiting']);
      });

      it('tries a failed job again by itself', async () => {
        failures = 1;
        await jobs.enqueue({ name: 'work', payload: { n: 1 } });
        await eventually(() => failures === 0);
        await eventually(async () => (await rows())[0]?.lastError !== null);
        database.clock.advance(10_000);
        await eventually(() => ran.length === 1);
      });
    });

    if (twin.name === 'scaled') {
      describe('when Redis loses what it was told', () => {
        beforeEach(() => start(true));

        it('pushes an overdue job again', async () => {
          await jobs.enqueue({ name: 'work', payload: { n: 1 }, runAt: database.clock.now() + 600_000 });
          await eventually(async () => (await rows()).every((row) => row.dispatchedAt !== null));
          const redis = new Redis(twin.redisUrl!);
          const lost = await redis.keys(`${twin.prefix}:jobs:*`);
          expect(lost.length).toBeGreaterThan(0);
          await redis.del(lost);
          await redis.quit();
          database.clock.advance(630_000);
          await eventually(() => ran.length === 1);
          expect(ran).toEqual([1]);
        });
      });
    }
  });
});
