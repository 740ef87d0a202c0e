import { Batches } from './save-batches.js';

const limits = { most: 3, windowMs: 1, quietSize: 1 };

describe('batches of saves', () => {
  it('run together what arrives together, in order and no more than allowed', async () => {
    const seen: number[][] = [];
    const batches = new Batches(async (items: readonly number[]) => {
      seen.push([...items]);
      return items.map((item) => item * 2);
    }, limits);
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => batches.take(item)))).toEqual([2, 4, 6, 8, 10]);
    expect(seen).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('begin at least so far apart, but not after a quiet moment', async () => {
    const begun: number[] = [];
    const apart = new Batches(
      async (items: readonly number[]) => {
        begun.push(performance.now());
        return items;
      },
      { ...limits, apartMs: 25 },
    );
    await apart.take(1);
    await apart.take(2);
    expect(begun[1]! - begun[0]!).toBeGreaterThan(20);
    expect(begun).toHaveLength(2);
  });

  it('refuse one item alone', async () => {
    const batches = new Batches(
      async (items: readonly number[]) => items.map((item) => (item === 2 ? new Error('two') : item)),
      limits,
    );
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => batches.take(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fail together when the work fails, and go on with the next', async () => {
    let fails = true;
    const batches = new Batches(async (items: readonly number[]) => {
      if (fails) throw new Error('disk full');
      return items;
    }, limits);
    await expect(Promise.all([batches.take(1), batches.take(2)])).rejects.toThrow('disk full');
    fails = false;
    expect(await batches.take(3)).toBe(3);
  });

  it('say when what was taken before is done, whatever comes after', async () => {
    const done: number[] = [];
    const batches = new Batches(async (items: readonly number[]) => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(...items);
      return items;
    }, limits);
    const first = batches.take(1);
    const settled = batches.settled().then(() => expect(done).toContain(1));
    await Promise.all([first, batches.take(2), settled]);
    await batches.settled();
    expect(done).toEqual([1, 2]);
  });
});
