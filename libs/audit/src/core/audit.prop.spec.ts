import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { append, canonicalForm, emptyChain, factsOf, recordedFields, verifyChain } from './index.js';
import type { AuditEntry, AuditRecord } from './index.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const fact = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
const entry: fc.Arbitrary<AuditEntry> = fc.record({
  eventId: fc.uuid(),
  at: fc.integer({ min: 0 }),
  actorAccountId: nullable(fc.uuid()),
  actorMemberId: nullable(fc.uuid()),
  actorName: nullable(fc.string({ unit: 'grapheme' })),
  type: fc.string(),
  subjectType: fc.string(),
  subjectId: fc.string(),
  unitId: nullable(fc.uuid()),
  result: fc.constantFrom('done', 'refused', 'failed'),
  reason: nullable(fc.string()),
  facts: fc.dictionary(fc.string(), fact),
});
const chain = fc
  .array(entry, { minLength: 2, maxLength: 12 })
  .map((entries) =>
    entries.reduce<AuditRecord[]>((rows, each) => [...rows, append(rows.at(-1) ?? emptyChain, each, digest)], []),
  );
const chainAndPlace = chain.chain((rows) => fc.tuple(fc.constant(rows), fc.nat({ max: rows.length - 1 })));

describe('laws of the audit chain', () => {
  it('is whole in one piece and in any two pieces', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, cut]) => {
        const whole = verifyChain(rows, digest);
        const first = verifyChain(rows.slice(0, cut), digest);
        if (first.kind !== 'whole') throw new Error('the first piece is broken');
        expect(verifyChain(rows.slice(cut), digest, first.head)).toEqual(whole);
        expect(whole).toEqual({ kind: 'whole', head: { number: rows.length, hash: rows.at(-1)!.hash } });
      }),
    );
  });

  it('is whole after a journey through JSON', () => {
    fc.assert(
      fc.property(chain, (rows) => {
        expect(verifyChain(JSON.parse(JSON.stringify(rows)) as AuditRecord[], digest).kind).toBe('whole');
      }),
    );
  });

  it('names exactly the row of which any field was changed', () => {
    const fields = ['eventId', 'actorName', 'type', 'subjectType', 'subjectId', 'reason', 'previousHash'] as const;
    fc.assert(
      fc.property(chainAndPlace, fc.constantFrom(...fields), ([rows, place], field) => {
        const changed = rows.map((row, i) => (i === place ? { ...row, [field]: `${row[field] ?? ''}+` } : row));
        expect(verifyChain(changed, digest)).toEqual({ kind: 'broken', number: place + 1, fault: 'changed' });
      }),
    );
  });

  it('names exactly the row that was removed, unless it was the last', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, place]) => {
        const verdict = verifyChain(rows.toSpliced(place, 1), digest);
        if (place === rows.length - 1) expect(verdict).toMatchObject({ head: { number: place } });
        else expect(verdict).toEqual({ kind: 'broken', number: place + 1, fault: 'removed' });
      }),
    );
  });

  it('names the first of any two rows whose numbers were exchanged', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ([rows, i], other) => {
        const j = other % rows.length;
        fc.pre(i !== j);
        const exchanged = [...rows];
        exchanged[i] = { ...rows[j]!, number: i + 1 };
        exchanged[j] = { ...rows[i]!, number: j + 1 };
        expect(verifyChain(exchanged, digest)).toEqual({
          kind: 'broken',
          number: Math.min(i, j) + 1,
          fault: 'swapped',
        });
      }),
    );
  });

  it('gives different records different canonical forms', () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const form = (each: AuditEntry): string => canonicalForm({ ...each, number: 1, previousHash: emptyChain.hash });
        expect(form(a) === form(b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
    );
  });

  it('records no field that is not on the list, whatever a payload holds', () => {
    const areas = Object.keys(recordedFields).map((area) => `${area}.happened`);
    fc.assert(
      fc.property(fc.constantFrom(...areas, 'else.happened'), fc.object(), (type, payload) => {
        const allowed = new Set([...recordedFields['']!, ...(recordedFields[type.split('.')[0]!] ?? [])]);
        for (const name of Object.keys(factsOf(type, payload))) expect(allowed.has(name.split('.')[0]!)).toBe(true);
      }),
    );
  });

  it('never lists a field that can hold answers, keys, secrets or personal data', () => {
    const banned = /answer|key$|token|password|secret|phone|idcard|email|birth|address|^name|loginname|text|body/i;
    for (const fields of Object.values(recordedFields))
      expect(fields.filter((field) => banned.test(field))).toEqual([]);
  });
});

function sorted(each: AuditEntry): unknown {
  const { facts, ...rest } = each;
  const pairs = Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1)), pairs];
}
