import { markSources } from '@xuekao/contracts';
import type { MarkSource } from '@xuekao/contracts';
import fc from 'fast-check';
import { packed, unpacked } from './packed-changes.js';
import type { MarkChange } from './regrade.js';

const marks = fc.option(fc.integer({ min: -500, max: 10_000 }), { nil: null });
const full = fc.constantFrom(0, 100, 150);
const source = fc.constantFrom(...(Object.keys(markSources) as MarkSource[]));
const changes = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 40 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers
        .toSorted((a, b) => a - b)
        .map((number) => fc.tuple(fc.constant(number), marks, full, source, marks, full, source)),
    ),
  ) as fc.Arbitrary<MarkChange[]>;

describe('changed marks as they are kept', () => {
  it('are the same when they are read again, whatever had changed', () => {
    fc.assert(
      fc.property(changes, (given) => {
        expect(unpacked(JSON.parse(JSON.stringify(packed(given))) as ReturnType<typeof packed>)).toEqual(given);
      }),
    );
  });

  it('say once what stays the same', () => {
    const one = packed([
      [3, 100, 100, 'machine', 50, 100, 'machine'],
      [4, null, 100, 'machine', 0, 100, 'machine'],
      [5, 100, 100, 'machine', 0, 0, 'void'],
    ]);
    expect(one).toEqual({
      moved: {
        '100 machine': [
          [3, 100, 50],
          [4, null, 0],
        ],
      },
      others: [[5, 100, 100, 'machine', 0, 0, 'void']],
    });
  });
});
