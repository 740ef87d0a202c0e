import type { MarkSource } from '@xuekao/contracts';
import fc from 'fast-check';
import { changeOf, outcomeOf, regradeOutcome, reversed } from './regrade.js';
import type { AttemptTotals, MarkChange, StoredMark } from './regrade.js';

const lines = { passLine: 6000, excellentLine: 9000 };
const mark = fc.record({
  marks: fc.option(fc.integer({ min: -100, max: 500 }), { freq: 9 }),
  full: fc.constantFrom(0, 500),
  source: fc.constantFrom<MarkSource>('machine', 'manual', 'given', 'void'),
});
const attempt = fc.array(fc.tuple(mark, mark), { minLength: 1, maxLength: 6 });
const exam = fc.array(fc.record({ member: fc.constantFrom('a', 'b', 'c', 'd'), marks: attempt }), { maxLength: 8 });

function totalsOf(id: string, memberId: string, marks: readonly Omit<StoredMark, 'number'>[]): AttemptTotals {
  return {
    attemptId: id,
    memberId,
    sum: marks.reduce((sum, each) => sum + (each.marks ?? 0), 0),
    full: marks.reduce((sum, each) => sum + each.full, 0),
    open: marks.filter((each) => each.marks === null).length,
  };
}

describe('a regrade', () => {
  it('comes to what the new marks come to, and its reverse to what was before', () => {
    fc.assert(
      fc.property(exam, (attempts) => {
        const olds = attempts.map(({ member, marks }, i) =>
          totalsOf(
            `t${i}`,
            member,
            marks.map(([old]) => old),
          ),
        );
        const news = attempts.map(({ member, marks }, i) =>
          totalsOf(
            `t${i}`,
            member,
            marks.map(([, now]) => now),
          ),
        );
        const changes = new Map<string, MarkChange[]>(
          attempts.map(
            ({ marks }, i) =>
              [
                `t${i}`,
                marks.flatMap(([old, now], n): MarkChange[] => {
                  const change = changeOf({ ...old, number: n + 1 }, now);
                  return change ? [change] : [];
                }),
              ] as const,
          ),
        );
        const there = regradeOutcome(olds, (id) => changes.get(id) ?? [], lines);
        for (const each of there.changed) {
          expect(each.after).toEqual(outcomeOf(news.find((totals) => totals.attemptId === each.attemptId)!));
        }
        const back = regradeOutcome(news, (id) => (changes.get(id) ?? []).map(reversed), lines);
        expect([back.countsBefore, back.countsAfter]).toEqual([there.countsAfter, there.countsBefore]);
        expect(back.flips.length).toBe(there.flips.length);
        for (const each of back.changed) {
          expect(each.after).toEqual(there.changed.find((other) => other.attemptId === each.attemptId)!.before);
        }
        const gained = there.flips.filter((flip) => flip.direction === 'to-pass').length;
        const lost = there.flips.length - gained;
        expect(there.countsAfter.passed - there.countsBefore.passed).toBe(gained - lost);
      }),
    );
  });

  it('that makes a question void shrinks the full mark and puts the score on 100 anew', () => {
    const totals = { attemptId: 'a', memberId: 'm', sum: 7900, full: 10_000, open: 0 };
    const change: MarkChange = [3, 0, 500, 'machine', 0, 0, 'void'];
    const { changed, flips } = regradeOutcome([totals], () => [change], { passLine: 8000, excellentLine: 9000 });
    expect(changed[0]!.before.score).toBe(7900);
    expect(changed[0]!.after).toEqual({ raw: 7900, full: 9500, score: 8315 });
    expect(flips).toEqual([{ memberId: 'm', direction: 'to-pass', oldScore: 7900, newScore: 8315 }]);
  });
});
