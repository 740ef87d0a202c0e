import fc from 'fast-check';
import {
  givenMarkRefusal,
  intraclassCorrelation,
  meanMark,
  planRefusal,
  usualPlan,
  verdictOf,
} from './double-marking.js';
import type { GivenMark, MarkingPlan } from './double-marking.js';

const double: MarkingPlan = { ...usualPlan, mode: 'double', threshold: 200, step: 50 };
const by = (...marks: number[]): GivenMark[] => marks.map((each) => ({ role: 'marker', marks: each }));
const arbiter = (marks: number): GivenMark => ({ role: 'arbiter', marks });

describe('a script', () => {
  it('is final after one marker where one is enough', () => {
    expect(verdictOf(usualPlan, [])).toEqual({ state: 'waiting', marks: null });
    expect(verdictOf(usualPlan, by(650))).toEqual({ state: 'final', marks: 650 });
  });
  it.each([
    [by(600), 'waiting', null],
    [by(600, 800), 'final', 700],
    [by(600, 650), 'final', 650],
    [by(600, 801), 'arbitration', null],
    [[...by(200, 900), arbiter(700)], 'final', 700],
  ] as const)('that is read twice: %j is %s with %s', (given, state, marks) => {
    expect(verdictOf(double, given)).toEqual({ state, marks });
  });
  it('may take the mean of the arbiter and the nearer marker, in doubt the higher one', () => {
    const plan: MarkingPlan = { ...double, arbiterRule: 'nearer-mean' };
    expect(verdictOf(plan, [...by(200, 900), arbiter(700)]).marks).toBe(800);
    expect(verdictOf(plan, [...by(200, 800), arbiter(500)]).marks).toBe(650);
  });
  it.each([
    ['down', 600],
    ['half-up', 650],
    ['up', 650],
  ] as const)('rounds the mean of 600 and 650 %s to %i', (rounding, expected) => {
    expect(meanMark(600, 650, { step: 50, rounding })).toBe(expected);
  });
});

describe('a given mark', () => {
  const plan: MarkingPlan = {
    ...usualPlan,
    rubric: [
      { text: '要点一', points: 400 },
      { text: '要点二', points: 625 },
    ],
  };
  it.each([
    [1025, null, undefined],
    [1000, null, undefined],
    [1010, null, 'exam.marking.step-missed'],
    [1050, null, 'exam.marking.marks-invalid'],
    [-50, null, 'exam.marking.marks-invalid'],
    [500, [400, 100], undefined],
    [500, [400], 'exam.marking.points-invalid'],
    [500, [450, 50], 'exam.marking.points-invalid'],
    [500, [400, 150], 'exam.marking.points-invalid'],
  ])('of %i with points %j is refused with %s', (marks, points, code) => {
    expect(givenMarkRefusal(plan, 1025, marks, points)?.code).toBe(code);
  });
  it('follows a rubric that adds up to the full mark', () => {
    expect(planRefusal(plan, 1025)).toBeUndefined();
    expect(planRefusal(plan, 1000)?.code).toBe('exam.marking.rubric-invalid');
    expect(planRefusal({ ...plan, step: 2000 }, 1025)?.code).toBe('exam.marking.step-invalid');
  });
});

describe('laws of double marking', () => {
  const marks = fc.nat(20).map((each) => each * 50);
  const plans = fc.record({
    threshold: fc.nat(400),
    rounding: fc.constantFrom('down' as const, 'half-up' as const, 'up' as const),
    arbiterRule: fc.constantFrom('arbiter' as const, 'nearer-mean' as const),
  });
  it('give the same verdict in whatever order the marks came, within the marks given', () => {
    fc.assert(
      fc.property(plans, marks, marks, marks, (settings, a, b, c) => {
        const plan = { ...double, ...settings };
        const verdict = verdictOf(plan, [...by(a, b), arbiter(c)]);
        expect(verdictOf(plan, [arbiter(c), ...by(b, a)])).toEqual(verdict);
        expect(verdict.marks).toBeGreaterThanOrEqual(Math.min(a, b, c));
        expect(verdict.marks).toBeLessThanOrEqual(Math.max(a, b, c));
      }),
    );
  });
});

describe('the intraclass correlation', () => {
  /** Six targets and four judges of Shrout and Fleiss 1979, table 2; ICC(1,1) = .17. */
  const published = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ];
  /** From the pairs alone, as sums and differences: another road to the same two mean squares. */
  const ofPairs = (pairs: readonly (readonly [number, number])[]): number | null => {
    const n = pairs.length;
    const sums = pairs.map(([a, b]) => a + b);
    const mean = sums.reduce((total, each) => total + each, 0) / n;
    const ss = sums.reduce((total, each) => total + each * each, 0) - n * mean * mean;
    const msb = ss / 2 / (n - 1);
    const msw = pairs.reduce((total, [a, b]) => total + ((a - b) * (a - b)) / 2, 0) / n;
    return msb + msw === 0 ? null : (msb - msw) / (msb + msw);
  };

  it('is the published value for the published example', () => {
    expect(intraclassCorrelation(published)).toBeCloseTo(0.1657, 4);
  });
  it('agrees with another computation from sums and differences', () => {
    const pair = fc.tuple(fc.nat(1000), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2, maxLength: 60 }), (pairs) => {
        const other = ofPairs(pairs);
        const own = intraclassCorrelation(pairs);
        if (other === null || own === null) expect(own).toBe(other);
        else expect(Math.abs(own - other)).toBeLessThan(1e-9);
      }),
    );
  });
  it('is 1 where markers agree, negative where they do not, and nothing without variance', () => {
    expect(
      intraclassCorrelation([
        [1, 1],
        [5, 5],
      ]),
    ).toBe(1);
    expect(
      intraclassCorrelation([
        [0, 10],
        [10, 0],
      ]),
    ).toBe(-1);
    expect(
      intraclassCorrelation([
        [5, 5],
        [5, 5],
      ]),
    ).toBeNull();
    expect(intraclassCorrelation([[5, 6]])).toBeNull();
    expect(intraclassCorrelation([])).toBeNull();
  });
});
