import type { AttemptPolicy, MarkSource } from '@xuekao/contracts';
import fc from 'fast-check';
import { changeOf, outcomeOf, regradeOutcome, reversed } from './regrade.js';
import type { AttemptTotals, MarkChange, StoredMark } from './regrade.js';

const lines = { passLine: 6000, excellentLine: 9000 };
const policy = fc.constantFrom<AttemptPolicy>('best', 'last');
const mark = fc.record({
  marks: fc.option(fc.integer({ min: -100, max: 500 }), { freq: 9 }),
  full: fc.constantFrom(0, 500),
  source: fc.constantFrom<MarkSource>('machine', 'manual', 'given', 'void'),
});
const attempt = fc.array(fc.tuple(mark, mark), { minLength: 1, maxLength: 6 });
const exam = fc.array(fc.record({ member: fc.constantFrom('a', 'b', 'c', 'd'), marks: attempt }), { maxLength: 8 });

function totalsOf(i: number, memberId: string, marks: readonly Omit<StoredMark, 'number'>[]): AttemptTotals {
  return {
    attemptId: `t${i}`,
    memberId,
    number: i + 1,
    sum: marks.reduce((sum, each) => sum + (each.marks ?? 0), 0),
    full: marks.reduce((sum, each) => sum + each.full, 0),
    open: marks.filter((each) => each.marks === null).length,
  };
}

/** By hand: the results page after all attempts are marked. */
function isPassed(attempts: readonly AttemptTotals[], memberId: string, attemptPolicy: AttemptPolicy): boolean {
  const own = attempts.filter((each) => each.memberId === memberId).toSorted((a, b) => a.number - b.number);
  const scores = own.map((each) => outcomeOf(each).score).filter((score) => score !== null);
  return (attemptPolicy === 'best' ? Math.max(0, ...scores) : (scores.at(-1) ?? 0)) >= lines.passLine;
}

describe('a regrade', () => {
  it('comes to what the new marks come to, and its reverse to what was before', () => {
    fc.assert(
      fc.property(exam, policy, (attempts, attemptPolicy) => {
        const terms = { ...lines, attemptPolicy };
        const olds = attempts.map(({ member, marks }, i) =>
          totalsOf(
            i,
            member,
            marks.map(([old]) => old),
          ),
        );
        const news = attempts.map(({ member, marks }, i) =>
          totalsOf(
            i,
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
        const there = regradeOutcome(olds, (id) => changes.get(id) ?? [], terms);
        for (const each of there.changed) {
          expect(each.after).toEqual(outcomeOf(news.find((totals) => totals.attemptId === each.attemptId)!));
        }
        const back = regradeOutcome(news, (id) => (changes.get(id) ?? []).map(reversed), terms);
        expect([back.countsBefore, back.countsAfter]).toEqual([there.countsAfter, there.countsBefore]);
        expect(back.flips.length).toBe(there.flips.length);
        for (const each of back.changed) {
          expect(each.after).toEqual(there.changed.find((other) => other.attemptId === each.attemptId)!.before);
        }
        const wanted = [...new Set(attempts.map(({ member }) => member))].filter(
          (member) => isPassed(olds, member, attemptPolicy) !== isPassed(news, member, attemptPolicy),
        );
        expect(there.flips.map((flip) => flip.memberId).toSorted()).toEqual(wanted.toSorted());
        const gained = there.flips.filter((flip) => flip.direction === 'to-pass').length;
        const lost = there.flips.length - gained;
        expect(there.countsAfter.passed - there.countsBefore.passed).toBe(gained - lost);
      }),
    );
  });

  it('that makes a question void shrinks the full mark and puts the score on 100 anew', () => {
    const totals = { attemptId: 'a', memberId: 'm', number: 1, sum: 7900, full: 10_000, open: 0 };
    const change: MarkChange = [3, 0, 500, 'machine', 0, 0, 'void'];
    const { changed, flips } = regradeOutcome([totals], () => [change], {
      passLine: 8000,
      excellentLine: 9000,
      attemptPolicy: 'best',
    });
    expect(changed[0]!.before.score).toBe(7900);
    expect(changed[0]!.after).toEqual({ raw: 7900, full: 9500, score: 8315 });
    expect(flips).toEqual([{ memberId: 'm', direction: 'to-pass', oldScore: 7900, newScore: 8315 }]);
  });

  it.each([
    ['best', [], 1, 9000],
    ['last', [{ memberId: 'm', direction: 'to-pass', oldScore: 7900, newScore: 8100 }], 0, 7900],
  ] as const)('counts the %s of two attempts', (attemptPolicy, flips, passedBefore, totalBefore) => {
    // The second attempt is the older row: ids say nothing about the order.
    const attempts = [
      { attemptId: 'a', memberId: 'm', number: 2, sum: 7900, full: 10_000, open: 0 },
      { attemptId: 'b', memberId: 'm', number: 1, sum: 9000, full: 10_000, open: 0 },
    ];
    const change: MarkChange = [1, 0, 200, 'machine', 200, 200, 'machine'];
    const terms = { passLine: 8000, excellentLine: 9000, attemptPolicy };
    const outcome = regradeOutcome(attempts, (id) => (id === 'a' ? [change] : []), terms);
    expect(outcome.flips).toEqual(flips);
    expect(outcome.countsBefore).toMatchObject({ passed: passedBefore, total: totalBefore });
    expect(outcome.countsAfter.passed).toBe(1);
  });
});
