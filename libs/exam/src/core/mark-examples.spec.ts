import type { MarkPolicy } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import fc from 'fast-check';
import { examplesOf, sampleChoice } from './mark-examples.js';
import { markChoice } from './mark-policy.js';

const marksBy = (policy: MarkPolicy): Record<string, number> =>
  Object.fromEntries(
    examplesOf(sampleChoice).map(({ kind, chosen }) => [
      kind,
      markChoice({ ...sampleChoice, chosen: new Set(chosen) }, policy),
    ]),
  );

describe('worked examples of a policy', () => {
  it('stand for one answer of every kind', () => {
    expect(examplesOf(sampleChoice).map(({ kind, chosen }) => `${kind} ${chosen.join('')}`)).toEqual([
      'right ABC',
      'less AB',
      'one A',
      'more ABCD',
      'mixed ABD',
      'wrong D',
      'none ',
    ]);
  });

  it.each<[MarkPolicy, Record<string, number>]>([
    [{ kind: 'all-or-nothing' }, { right: 400, less: 0, mixed: 0 }],
    [{ kind: 'part-without-wrong' }, { right: 400, less: 266, one: 133, mixed: 0 }],
    [
      { kind: 'part-without-wrong', perOption: 50 },
      { right: 400, less: 100, one: 50, more: 0 },
    ],
    [
      { kind: 'half-when-incomplete', round: 'down' },
      { right: 400, less: 200, one: 200, mixed: 0 },
    ],
    [
      { kind: 'option-fractions', weights: { denominator: 3, of: { A: 1, B: 1, C: 1, D: -1 } } },
      { right: 400, less: 266, more: 266, mixed: 133, wrong: 0 },
    ],
    [
      { kind: 'mapped', of: { A: 150, B: 150, C: 150, D: -100 }, other: 0, lower: 0, empty: 0 },
      { right: 400, less: 300, mixed: 200, wrong: 0, none: 0 },
    ],
    [
      { kind: 'penalised', penalty: 'all', floor: true },
      { right: 400, less: 266, mixed: 0 },
    ],
  ])('%j', (policy, marks) => {
    expect(marksBy(policy)).toMatchObject(marks);
  });

  it('never name an option twice or one that is not there', () => {
    const sizes = fc.tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(sizes, ([n, k]) => {
        const ids = Array.from({ length: n }, (_, at) => `o${at}`);
        const examples = examplesOf({ options: new Set(ids), correct: new Set(ids.slice(0, Math.min(k, n))) });
        const keys = examples.map(({ chosen }) => chosen.join());
        expect(new Set(keys).size).toBe(keys.length);
        expect(examples.every(({ chosen }) => chosen.every((id) => ids.includes(id)))).toBe(true);
        expect(hundredths(examples.length)).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});
