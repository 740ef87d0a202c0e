import { AsyncLocalStorage } from 'node:async_hooks';
import { gathered } from './gather.js';

describe('questions of one moment', () => {
  const asked: number[][] = [];
  const doubled = async (keys: readonly number[]): Promise<ReadonlyMap<number, number>> => {
    asked.push([...keys]);
    if (keys.includes(13)) throw new Error('unlucky');
    return new Map(keys.filter((key) => key >= 0).map((key) => [key, key * 2]));
  };
  beforeEach(() => void asked.splice(0));

  it('are answered together, the same one once', async () => {
    const double = gathered(doubled);
    expect(await Promise.all([double(1), double(2), double(1), double(-1)])).toEqual([2, 4, 2, undefined]);
    expect(await double(3)).toBe(6);
    expect(asked).toEqual([[1, 2, -1], [3]]);
  });

  it('are not kept for ever, nor gathered beyond a measure', async () => {
    const double = gathered(doubled, { most: 2 });
    expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
    expect(asked).toEqual([[1, 2], [3]]);
  });

  it('wait for others in a crowd, and for nobody in a quiet moment', async () => {
    const double = gathered(doubled, { apartMs: 20 });
    expect(await double(1)).toBe(2);
    const second = double(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.all([second, double(3)])).toEqual([4, 6]);
    expect(asked).toEqual([[1], [2, 3]]);
  });

  it('are answered outside what their askers are in', async () => {
    const place = new AsyncLocalStorage<string>();
    const whereAsked = gathered(async (keys: readonly number[]) => new Map(keys.map((key) => [key, place.getStore()])));
    expect(await place.run('a transaction', () => whereAsked(1))).toBeUndefined();
  });

  it('fail together', async () => {
    const double = gathered(doubled);
    const replies = await Promise.allSettled([double(1), double(13)]);
    expect(replies.map((reply) => reply.status)).toEqual(['rejected', 'rejected']);
    expect(await double(1)).toBe(2);
  });
});
