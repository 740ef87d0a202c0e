import type { TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@xuekao/database';
import { onEveryDatabase } from '@xuekao/database/testing';
import { EventRelay, Outbox, platformEntities, WakeSignal } from '@xuekao/platform';
import { eventually } from '../harness/eventually.js';
import { onBothTwins } from './twins.js';

onBothTwins('the wake-up of the event relay', (twin) => {
  onEveryDatabase(`over ${twin.name} adapters`, [...platformEntities], (database) => {
    let worker: TestingModule;
    /** Another process in the scaled form; in the embedded form the worker itself. */
    let sender: TestingModule;
    const handled: string[] = [];

    beforeAll(async () => {
      worker = await twin.module(database);
      worker.get(EventRelay).subscribe({
        name: 'listener',
        types: ['thing.happened'],
        handle: async (event) => void handled.push(event.subjectId),
      });
      await worker.init();
      sender = twin.name === 'scaled' ? await twin.module(database) : worker;
      if (sender !== worker) await sender.init();
    });
    afterAll(async () => {
      if (sender !== worker) await sender.close();
      await worker.close();
    });
    beforeEach(() => {
      handled.length = 0;
    });

    const happen = (subjectId: string): Promise<void> =>
      sender
        .get(UnitOfWork)
        .run(() => sender.get(Outbox).add({ type: 'thing.happened', subjectType: 'thing', subjectId, payload: null }));

    it('delivers soon after the commit, sooner than by polling alone', async () => {
      await eventually(async () => {
        await happen('warm-up');
        return handled.length > 0;
      });
      handled.length = 0;
      const startedAt = Date.now();
      for (let i = 0; i < 5; i++) {
        await happen(`quick-${i}`);
        await eventually(() => handled.includes(`quick-${i}`));
      }
      expect(Date.now() - startedAt).toBeLessThan(2500);
    });

    it('delivers every event of a burst once', async () => {
      const ids = Array.from({ length: 40 }, (_, i) => `burst-${i}`);
      await Promise.all(ids.map(happen));
      await eventually(() => handled.length >= ids.length, 20_000);
      expect(handled.toSorted()).toEqual(ids.toSorted());
    }, 30_000);

    it('signals nothing for a transaction that failed', async () => {
      let signals = 0;
      worker.get(WakeSignal).on('jobs', () => {
        signals += 1;
      });
      const failing = sender.get(UnitOfWork).run(async () => {
        sender.get(UnitOfWork).afterCommit(() => sender.get(WakeSignal).send('jobs'));
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
      expect(signals).toBe(0);
      sender.get(WakeSignal).send('jobs');
      await eventually(() => signals === 1);
    });
  });
});
