import { hundredths, seededRng } from '@xuekao/kernel';
import fc from 'fast-check';
import { boundsOf, markChoice } from './mark-policy.js';
import type { MarkPolicy } from './mark-policy.js';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const small = fc.integer({ min: -300, max: 300 });
const weightMap = fc.dictionary(fc.constantFrom(...ids), small);

/** Every policy with every kind of setting, sensible or not. */
const policies: fc.Arbitrary<MarkPolicy> = fc.oneof(
  fc.constantFrom<MarkPolicy>({ kind: 'all-or-nothing' }, { kind: 'every-decision' }, { kind: 'halves' }),
  fc.record({ kind: fc.constant('part-without-wrong' as const), perOption: fc.integer({ min: 1, max: 300 }) }),
  fc.constant<MarkPolicy>({ kind: 'part-without-wrong' }),
  fc.record({
    kind: fc.constant('half-when-incomplete' as const),
    round: fc.constantFrom('down' as const, 'up' as const, 'up-to-whole' as const),
    noneUpTo: fc.nat(200),
  }),
  fc.record({
    kind: fc.constant('option-fractions' as const),
    weights: fc.record({ denominator: fc.integer({ min: 1, max: 7 }), of: weightMap }),
  }),
  fc.record({
    kind: fc.constant('mean-of-options' as const),
    denominator: fc.integer({ min: 1, max: 5 }),
    right: small,
    wrong: small,
    open: small,
  }),
  fc
    .record({
      kind: fc.constant('mapped' as const),
      of: weightMap,
      other: small,
      empty: small,
      bounds: fc.tuple(small, fc.nat(300)),
    })
    .map(({ bounds: [low, high], ...rest }): MarkPolicy => ({ ...rest, lower: Math.min(low, high), upper: high })),
  fc.record({ kind: fc.constant('plus-minus' as const), right: fc.integer({ min: 1, max: 300 }), wrong: fc.nat(300) }),
  fc.record({
    kind: fc.constant('penalised' as const),
    penalty: fc.constantFrom('false2' as const, 'false' as const, 'true' as const, 'all' as const, 'none' as const),
    floor: fc.boolean(),
  }),
);
const choices = fc.record({
  correct: fc.subarray(ids, { minLength: 1 }),
  chosen: fc.subarray(ids),
  full: fc.integer({ min: 300, max: 10_000 }).map(hundredths),
});

function mark(
  options: readonly string[],
  correct: string[],
  chosen: string[],
  full: number,
  policy: MarkPolicy,
): number {
  const sets = { options: new Set(options), correct: new Set(correct), chosen: new Set(chosen) };
  return markChoice({ ...sets, full: hundredths(full) }, policy);
}

describe('every marking policy', () => {
  it('keeps its own least and most, never above the full mark, in whole hundredths', () => {
    fc.assert(
      fc.property(choices, policies, ({ correct, chosen, full }, policy) => {
        const value = mark(ids, correct, chosen, full, policy);
        const { least, most } = boundsOf(policy, full);
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(full);
        expect(Number.isSafeInteger(value)).toBe(true);
      }),
    );
  });

  it('does not care in which order options stand, are right or are chosen', () => {
    fc.assert(
      fc.property(choices, policies, fc.string(), ({ correct, chosen, full }, policy, seed) => {
        const rng = seededRng(seed);
        const shuffled = mark(rng.shuffle(ids), rng.shuffle(correct), rng.shuffle(chosen), full, policy);
        expect(shuffled).toBe(mark(ids, correct, chosen, full, policy));
      }),
    );
  });

  it('never gives less for one more right option', () => {
    const rising = policies.filter(
      ({ kind }) => kind !== 'mapped' && kind !== 'mean-of-options' && kind !== 'option-fractions',
    );
    fc.assert(
      fc.property(choices, rising, ({ correct, chosen, full }, policy) => {
        const before = mark(ids, correct, chosen, full, policy);
        for (const more of correct.filter((id) => !chosen.includes(id))) {
          expect(mark(ids, correct, [...chosen, more], full, policy)).toBeGreaterThanOrEqual(before);
        }
      }),
    );
  });

  it('never gives more for one more wrong option, once something is chosen', () => {
    const falling = policies.filter(
      ({ kind }) => kind !== 'mapped' && kind !== 'mean-of-options' && kind !== 'option-fractions',
    );
    fc.assert(
      fc.property(choices, falling, ({ correct, chosen, full }, policy) => {
        fc.pre(chosen.length > 0);
        const before = mark(ids, correct, chosen, full, policy);
        for (const more of ids.filter((id) => !correct.includes(id) && !chosen.includes(id))) {
          expect(mark(ids, correct, [...chosen, more], full, policy)).toBeLessThanOrEqual(before);
        }
      }),
    );
  });
});
