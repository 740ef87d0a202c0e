import fc from 'fast-check';
import { Mailbox } from './mailbox.js';

const box = (urgent: readonly boolean[]): Mailbox => {
  const mailbox = new Mailbox();
  const nothing = (): void => undefined;
  urgent.forEach((isUrgent, at) =>
    mailbox.push({ id: `${at}`, command: null, at, isUrgent, resolve: nothing, reject: nothing }),
  );
  return mailbox;
};

describe('Mailbox', () => {
  it('gives every command once, in order of arrival within a batch, and no urgent one after a patient one is left behind', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (urgent, most) => {
        const mailbox = box(urgent);
        const given: number[] = [];
        while (mailbox.size > 0) {
          const batch = mailbox.next(most);
          expect(batch.length).toBeLessThanOrEqual(most);
          expect(batch.map(({ at }) => at)).toEqual(batch.map(({ at }) => at).toSorted((a, b) => a - b));
          if (mailbox.hasUrgent) expect(batch.every(({ isUrgent }) => isUrgent)).toBe(true);
          given.push(...batch.map(({ at }) => at));
        }
        expect(given.toSorted((a, b) => a - b)).toEqual(urgent.map((_, at) => at));
        expect([mailbox.hasUrgent, mailbox.oldestAt]).toEqual([false, null]);
      }),
    );
  });
});
