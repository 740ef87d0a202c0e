import fc from 'fast-check';
import { GatheredSync } from './gathered-sync.js';

/** A disk whose syncs end when they are told to. */
function aDisk() {
  const begun: { readonly end: (error?: Error) => void }[] = [];
  let ended = 0;
  const sync = new GatheredSync(
    () =>
      new Promise((resolve, reject) => {
        begun.push({ end: (error) => ((ended += 1), error ? reject(error) : resolve()) });
      }),
  );
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  };
  return { sync, begun, turns, ended: () => ended };
}

describe('commits that are gathered for one sync', () => {
  it('are promised nothing before a sync has ended that began after them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('commit', 'end'), { maxLength: 60 }), async (steps) => {
        const disk = aDisk();
        const waiting: { readonly begunBefore: number; isDone: boolean }[] = [];
        for (const step of steps) {
          if (step === 'commit') {
            const commit = { begunBefore: disk.begun.length, isDone: false };
            waiting.push(commit);
            void disk.sync.done().then(() => (commit.isDone = true));
          } else if (disk.ended() < disk.begun.length) disk.begun[disk.ended()]!.end();
          await disk.turns();
          for (const each of waiting) expect(each.isDone).toBe(disk.ended() > each.begunBefore);
          expect(disk.begun.length - disk.ended()).toBeLessThanOrEqual(1);
        }
        while (disk.ended() < disk.begun.length) {
          disk.begun[disk.ended()]!.end();
          await disk.turns();
        }
        expect(waiting.every((each) => each.isDone)).toBe(true);
        expect(disk.begun.length).toBeLessThanOrEqual(waiting.length);
      }),
    );
  });

  it('share one sync where they come while another runs', async () => {
    const disk = aDisk();
    const all = Array.from({ length: 50 }, () => disk.sync.done());
    disk.begun[0]!.end();
    await all[0];
    disk.begun[1]?.end();
    await Promise.all(all);
    expect(disk.begun.length).toBeLessThanOrEqual(2);
  });

  it('fail with the sync, and so do all that come later', async () => {
    const disk = aDisk();
    const first = disk.sync.done();
    const second = disk.sync.done();
    disk.begun[0]!.end(new Error('i/o error'));
    await expect(first).rejects.toThrow('i/o error');
    await expect(second).rejects.toThrow('i/o error');
    await expect(disk.sync.done()).rejects.toThrow('i/o error');
    await disk.sync.settled();
    expect(disk.begun).toHaveLength(1);
  });
});
