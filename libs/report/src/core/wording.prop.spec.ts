import { rate } from '@xuekao/kernel';
import fc from 'fast-check';
import { bureauFigures, aFigure } from '../testing/index.js';
import { sentenceWriters } from './templates.js';
import { fuzzyCount, meanFloor, sharePhrase } from './wording.js';

const shares = fc
  .integer({ min: 1, max: 100_000 })
  .chain((base) => fc.tuple(fc.integer({ min: 0, max: base }), fc.constant(base)));

describe('laws of wording', () => {
  it('an 以上-sentence never exceeds the data and misses it by less than its last digit', () => {
    fc.assert(
      fc.property(shares, ([part, base]) => {
        const phrase = sharePhrase(rate(part, base))!;
        const match = /^(\d+(?:\.\d+)?)%(以上)?$/.exec(phrase);
        if (!match) return expect(phrase).toBe('不足0.01%');
        const claimed = Math.round(Number(match[1]) * 100);
        expect(claimed * base).toBeLessThanOrEqual(part * 10_000);
        expect(match[2] === undefined).toBe(claimed * base === part * 10_000);
        const step = claimed < 100 ? 1 : 100;
        expect((claimed + step) * base).toBeGreaterThan(part * 10_000);
      }),
    );
  });
  it('says 100% exactly when part and base are equal', () => {
    fc.assert(
      fc.property(shares, ([part, base]) => {
        expect(sharePhrase(rate(part, base)) === '100%').toBe(part === base);
      }),
    );
  });
  it('a rough count holds, and names the ten just below it', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (value) => {
        const phrase = fuzzyCount(value);
        const claimed = Number(phrase.replace('余', ''));
        expect(claimed <= value && value - claimed < 10).toBe(true);
        expect(phrase.endsWith('余')).toBe(claimed < value);
      }),
    );
  });
  it('a mean in a sentence never overstates', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 10_000 }), (sum, count) => {
        expect(Math.round(Number(meanFloor(sum, count)) * 10) * 10 * count).toBeLessThanOrEqual(sum);
      }),
    );
  });
  it('no sentence rounds up, guesses or leaves a brace', () => {
    fc.assert(
      fc.property(fc.nat(400), shares, fc.nat(60), (branch, [part, base], lessons) => {
        const figures = bureauFigures();
        const changed = {
          ...figures,
          study: { ...figures.study, branch: aFigure('支部学习次数', branch) },
          lectures: { ...figures.lectures, lessons: aFigure('党课堂数', lessons, 'lessons') },
          exams: {
            ...figures.exams,
            due: aFigure('应考', base, 'person-times'),
            sat: aFigure('实考', base, 'person-times'),
            atLeast: aFigure('以上', part, 'person-times'),
          },
        };
        for (const write of Object.values(sentenceWriters)) {
          const { text, parts } = write(changed);
          expect(text).not.toMatch(/近|约|突破|[{}]/u);
          expect(text).toBe(parts.map((p) => p.text).join(''));
        }
      }),
    );
  });
});
