import type { OrderingPolicy } from '@xuekao/contracts';
import { hundredths, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { markBlanks, markOrder, markPairs } from './part-policy.js';

const order = (kind: OrderingPolicy['kind'], given: string, full = 400) =>
  markOrder([...'ABCDE'], [...given], hundredths(full), { kind });

describe('an ordering', () => {
  it.each([
    ['all-or-nothing', 'ABCDE', 400],
    ['all-or-nothing', 'ABCED', 0],
    ['per-place', 'ABCED', 240],
    ['per-place', 'BCDEA', 0],
    ['per-neighbours', 'BCDEA', 300],
    ['per-neighbours', 'EDCBA', 0],
    ['longest-order', 'BCDEA', 300],
    ['longest-order', 'ACBDE', 300],
    ['longest-order', 'EDCBA', 0],
    ['longest-order', '', 0],
    ['per-place', '', 0],
  ] as const)('%s gives {%s} %i hundredths', (kind, given, expected) => {
    expect(order(kind, given)).toBe(expected);
  });
});

const pairs = (text: string): Map<string, string> =>
  new Map(text.split(' ').map((pair): [string, string] => [pair[0]!, pair[1]!]));

describe('a matching', () => {
  const right = pairs('a1 b2 c3');
  it.each([
    [false, 'a1 b2 c3', 300],
    [false, 'a1 b1 c3', 200],
    [true, 'a1 b1 c3', 100],
    [true, 'a2 b1', 0],
    [true, 'a1', 100],
  ])('that takes back wrong ones: %s, gives {%s} %i hundredths', (wrongTakesBack, given, expected) => {
    expect(markPairs(right, pairs(given), hundredths(300), { kind: 'per-pair', wrongTakesBack })).toBe(expected);
  });
  it('gives all or nothing where told so', () => {
    expect(markPairs(right, pairs('a1 b2'), hundredths(300), { kind: 'all-or-nothing' })).toBe(0);
    expect(markPairs(right, right, hundredths(300), { kind: 'all-or-nothing' })).toBe(300);
  });
});

describe('blanks', () => {
  it('share the mark equally, floored, or as said', () => {
    expect(markBlanks([true, true, false], hundredths(100), { kind: 'per-blank' })).toBe(66);
    expect(markBlanks([true, false, false], hundredths(500), { kind: 'per-blank', shares: [300, 100, 100] })).toBe(300);
    expect(markBlanks([true, true, true], hundredths(100), { kind: 'per-blank' })).toBe(100);
    expect(markBlanks([true, true, false], hundredths(100), { kind: 'all-or-nothing' })).toBe(0);
  });
});

describe('marks of parts', () => {
  const kinds = fc.constantFrom<OrderingPolicy['kind']>(
    'all-or-nothing',
    'per-place',
    'per-neighbours',
    'longest-order',
  );
  const fulls = fc.integer({ min: 1, max: 100_000 }).map(hundredths);
  it('stay within 0 and the full mark, and only the whole right order earns it all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.string(), kinds, fulls, (n, seed, kind, full) => {
        const right = Array.from({ length: n }, (_, i) => `o${i}`);
        const given = seededRng(seed).shuffle(right);
        const value = markOrder(right, given, full, { kind });
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value === full).toBe(given.every((id, i) => id === right[i]));
      }),
    );
  });
  it('of a matching rise with every further right pair', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('1', '2', '3'), { minLength: 3, maxLength: 3 }), fulls, (given, full) => {
        const right = pairs('a1 b2 c3');
        const chosen = new Map<string, string>(['a', 'b', 'c'].map((left, i) => [left, given[i]!]));
        for (const wrongTakesBack of [true, false]) {
          const policy = { kind: 'per-pair', wrongTakesBack } as const;
          const before = markPairs(right, chosen, full, policy);
          for (const [left, to] of right) {
            const after = markPairs(right, new Map(chosen).set(left, to), full, policy);
            expect(after).toBeGreaterThanOrEqual(before);
            expect(after).toBeLessThanOrEqual(full);
          }
        }
      }),
    );
  });
});
