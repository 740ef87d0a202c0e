import { chosenAttempts } from './attempt-choice.js';
import { aTable } from './analysis.builders.js';
import { choiceStatistics } from './distractors.js';
import { upperLower } from './extreme-groups.js';
import { itemStatistics, randomGuess } from './item-statistics.js';
import { scoreSummary } from './score-distribution.js';
import { testStatistics } from './test-statistics.js';

describe('item statistics', () => {
  // Worked by hand: totals 3, 2, 1, 0 points from three items of one point.
  const ladder = aTable({ marks: [100, 100, 100, 0] }, { marks: [100, 100, 0, 0] }, { marks: [100, 0, 0, 0] });

  it('agree with a table worked by hand', () => {
    const [easy, middle, hard] = itemStatistics(ladder);
    expect([easy!.facility, middle!.facility, hard!.facility]).toEqual([75, 50, 25]);
    expect(easy!.standardDeviation).toBeCloseTo(50, 9);
    expect(middle!.standardDeviation).toBeCloseTo(100 / Math.sqrt(3), 9);
    // Easy: rests 2, 1, 0, 0; covariance 1/4, variances 1/4 and 11/12.
    expect(easy!.discrimination).toBeCloseTo(100 * (0.25 / Math.sqrt(0.25 * (11 / 12))), 9);
    expect(easy!.efficiency).toBeCloseTo(100, 9);
    expect(easy!.intendedWeight).toBeCloseTo(100 / 3, 9);
    // Covariances with the total: 1/2, 2/3, 1/2.
    const all = 2 * Math.sqrt(0.5) + Math.sqrt(2 / 3);
    expect(middle!.effectiveWeight).toBeCloseTo((100 * Math.sqrt(2 / 3)) / all, 9);
    expect(hard!.effectiveWeight).toBeCloseTo((100 * Math.sqrt(0.5)) / all, 9);
    // 27 % of four is one: the best against the worst.
    expect([easy!.d27, middle!.d27, hard!.d27]).toEqual([100, 100, 100]);
  });

  it('are null without spread, without full mark and below two attempts', () => {
    const [same, voided] = itemStatistics(aTable({ marks: [100, 100, 100] }, { marks: [0, 0, 0], full: 0 }));
    expect(same).toMatchObject({ facility: 100, standardDeviation: 0, discrimination: null, efficiency: null });
    expect(voided).toMatchObject({ facility: null, intendedWeight: 0, d27: null });
    const [single] = itemStatistics(aTable({ marks: [50] }));
    expect(single).toMatchObject({ facility: 50, standardDeviation: null, discrimination: null, d27: null });
    const [none] = itemStatistics(aTable({ marks: [] }));
    expect(none).toMatchObject({ attempts: 0, facility: null, effectiveWeight: null });
  });

  it('name a negative covariance and give it no weight', () => {
    const [against, other] = itemStatistics(
      aTable({ marks: [0, 0, 100, 100] }, { marks: [400, 400, 0, 0], full: 400 }),
    );
    expect(against).toMatchObject({ hasNegativeCovariance: true, effectiveWeight: null });
    expect(against!.discrimination).toBeCloseTo(-100, 9);
    expect(other!.effectiveWeight).toBeCloseTo(100, 9);
  });

  it('correlate a drawn question with the whole total', () => {
    const [fixed] = itemStatistics(aTable({ marks: [100, 0, 0] }, { marks: [0, 100, 0] }));
    const [drawn] = itemStatistics(aTable({ marks: [100, 0, 0], isRandom: true }, { marks: [0, 100, 0] }));
    expect(fixed!.discrimination).toBeCloseTo(-50, 9);
    expect(drawn!.discrimination).toBeCloseTo(50, 9);
  });

  it('know what guessing earns by type', () => {
    expect(randomGuess('single', 4)).toBe(25);
    expect(randomGuess('true-false', 2)).toBe(50);
    expect(randomGuess('multiple', 5)).toBeNull();
    expect(randomGuess('blank', 0)).toBe(0);
  });
});

describe('test statistics', () => {
  it('keep a negative consistency', () => {
    const statistics = testStatistics(aTable({ marks: [100, 0, 100, 0] }, { marks: [0, 100, 0, 0] }));
    expect(statistics.internalConsistency).toBeLessThan(0);
    expect(statistics.errorRatio).toBeGreaterThan(100);
  });

  it('are null where the totals do not differ', () => {
    expect(testStatistics(aTable({ marks: [100, 0] }, { marks: [0, 100] }))).toEqual({
      attempts: 2,
      mean: 100,
      median: 100,
      standardDeviation: 0,
      skewness: null,
      kurtosis: null,
      internalConsistency: null,
      errorRatio: null,
      standardError: null,
    });
    expect(testStatistics(aTable({ marks: [] }))).toMatchObject({ attempts: 0, mean: null, median: null });
  });

  it('take the mean of the middle two', () => {
    expect(testStatistics(aTable({ marks: [0, 100, 200, 900] })).median).toBe(150);
  });
});

describe('the extreme groups', () => {
  it('share their last places among equal totals', () => {
    const { top, bottom } = upperLower([5, 5, 5, 1, 1, 1, 1]);
    expect(top.size).toBe(2);
    expect(Array.from(top.weights.slice(0, 3))).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect(Array.from(bottom.weights.slice(3))).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});

describe('options', () => {
  it('are flagged when nobody takes them, or the strong do', () => {
    const picks = [[0], [0], [0], [1], [1], [0], [2], [0]];
    const marks = [100, 100, 100, 0, 0, 100, 0, 100];
    const strong = { marks: [0, 0, 0, 900, 900, 0, 0, 0], full: 900 };
    const [choice] = choiceStatistics(aTable({ marks, picks }, strong));
    expect(choice!.options.map(({ chosen, flags }) => [chosen, flags])).toEqual([
      [5, []],
      [2, ['drawn-to-by-strong', 'beats-key-among-strong']],
      [1, []],
      [0, ['never-chosen']],
    ]);
    expect(choice!.open).toBe(0);
  });

  it('count a sheet left open', () => {
    const [choice] = choiceStatistics(aTable({ marks: [0, 100], picks: [[], [0]] }));
    expect(choice!.open).toBe(1);
  });
});

describe('attempts that count', () => {
  const attempts = [
    { memberId: 'a', number: 1, score: 7000 },
    { memberId: 'a', number: 2, score: 9000 },
    { memberId: 'b', number: 1, score: 8000 },
    { memberId: 'a', number: 3, score: 9000 },
  ];
  it.each([
    ['first', [0, 2]],
    ['last', [2, 3]],
    ['highest', [1, 2]],
    ['all', [0, 1, 2, 3]],
  ] as const)('%s', (choice, expected) => {
    expect(chosenAttempts(attempts, choice).map((each) => attempts.indexOf(each))).toEqual(expected);
  });
});

describe('the distribution', () => {
  it('puts the full score into the last band and counts by the exact lines', () => {
    expect(scoreSummary([10_000, 8_000, 7_999, 0], 8_000, 9_000)).toEqual({
      count: 4,
      passed: 2,
      excellent: 1,
      mean: 6_499,
      median: 7_999,
      lowest: 0,
      highest: 10_000,
      bands: [1, 0, 0, 0, 0, 0, 0, 1, 1, 1],
    });
    expect(scoreSummary([], 8_000, 9_000)).toMatchObject({ count: 0, mean: null, median: null, lowest: null });
  });
});
