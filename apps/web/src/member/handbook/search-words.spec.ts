import fc from 'fast-check';
import { excerpt, queryWords, rangesOf, searchWords, stretchesOf } from './search-words.js';

describe('the words that the offline search knows', () => {
  it('are characters and overlapping pairs of Chinese, whole words of the rest', () => {
    expect(searchWords('党章修改')).toEqual(['党', '章', '修', '改', '党章', '章修', '修改']);
    expect(searchWords('2017年10月')).toEqual(['2017', '年', '10', '月']);
  });

  it('read full-width digits and letters as plain ones', () => {
    expect(searchWords('２０１７ ＡＢ')).toEqual(['2017', 'ab']);
  });

  it('are pairs in a query that has any, single characters otherwise', () => {
    expect(queryWords('党章')).toEqual(['党章']);
    expect(queryWords('党')).toEqual(['党']);
  });

  it('of a query that is a part of a text are all among the words of the text', () => {
    const han = fc.string({ unit: fc.constantFrom(...'党章修改十九大报告新时代'), minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (text, from, length) => {
        const start = from % text.length;
        const part = text.slice(start, start + 1 + (length % (text.length - start)));
        const known = new Set(searchWords(text));
        return queryWords(part).every((word) => known.has(word));
      }),
    );
  });
});

describe('a marked text', () => {
  it('marks each place that matches', () => {
    expect(stretchesOf('党章和党章修正案', rangesOf('党章和党章修正案', '党章'))).toEqual([
      { text: '党章', isHit: true },
      { text: '和', isHit: false },
      { text: '党章', isHit: true },
      { text: '修正案', isHit: false },
    ]);
  });

  it('keeps every character of the text, whatever is looked for and whatever ranges are given', () => {
    const joined = (text: string, ranges: readonly { start: number; end: number }[]): string =>
      stretchesOf(text, ranges)
        .map((stretch) => stretch.text)
        .join('');
    const range = fc.record({ start: fc.integer({ min: -2, max: 30 }), end: fc.integer({ min: -2, max: 30 }) });
    fc.assert(fc.property(fc.string(), fc.string(), (text, query) => joined(text, rangesOf(text, query)) === text));
    fc.assert(fc.property(fc.string(), fc.array(range), (text, ranges) => joined(text, ranges) === text));
  });

  it('is cut around the first match', () => {
    const cut = excerpt('甲'.repeat(100) + '党章' + '乙'.repeat(100), '党章', 30);
    expect(cut).toContain('党章');
    expect(cut.startsWith('…')).toBe(true);
    expect(cut.endsWith('…')).toBe(true);
  });
});
