import type { TestingModule } from '@nestjs/testing';
import { onEveryDatabase } from '@xuekao/database/testing';
import { platformEntities, WakeSignal } from '@xuekao/platform';
import type { WakeTopic } from '@xuekao/platform';
import { eventually } from '../harness/eventually.js';
import { onBothTwins } from './twins.js';

onBothTwins('the wake signal', (twin) => {
  onEveryDatabase(`over ${twin.name} adapters`, [...platformEntities], (database) => {
    let listener: TestingModule;
    let sender: TestingModule;
    const heard: WakeTopic[] = [];

    beforeAll(async () => {
      listener = await twin.module(database);
      sender = twin.name === 'scaled' ? await twin.module(database) : listener;
      for (const topic of ['exams', 'jobs'] as const) {
        listener.get(WakeSignal).on(topic, () => void heard.push(topic));
      }
    });
    afterAll(async () => {
      if (sender !== listener) await sender.close();
      await listener.close();
    });

    it('reaches who listens to the topic, in another process too, and nobody else', async () => {
      await eventually(() => {
        sender.get(WakeSignal).send('exams');
        return heard.includes('exams');
      });
      heard.length = 0;
      sender.get(WakeSignal).send('outbox');
      sender.get(WakeSignal).send('jobs');
      await eventually(() => heard.includes('jobs'));
      expect(heard.filter((topic) => topic !== 'exams')).toEqual(['jobs']);
    });
  });
});
