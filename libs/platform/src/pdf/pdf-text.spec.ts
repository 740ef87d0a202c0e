import fc from 'fast-check';
import { linesOf, partsOf } from './pdf-text.js';

const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign < '\u0080' ? 0.5 : 1), 0);
const lines = (text: string, width: number): string[] => linesOf(text, { first: width, other: width }, widthOf);

describe('lines', () => {
  it('do not begin with a closing sign nor end with an opening one', () => {
    expect(lines('中国共产党章程，共五十五条', 7)).toEqual(['中国共产党章程，', '共五十五条']);
    expect(lines('学习《中国共产党章程》', 3)).toEqual(['学习', '《中国', '共产党', '章程》']);
  });

  it('keep words and figures whole, and cut what is longer than a line', () => {
    expect(partsOf('2017年10月18日')).toEqual(['2017', '年', '10', '月', '18', '日']);
    expect(lines('召开于2017年', 4)).toEqual(['召开于', '2017年']);
    expect(lines('abcdefghij', 2)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('give a narrower first line its room', () => {
    expect(linesOf('一二三四五六', { first: 2, other: 4 }, widthOf)).toEqual(['一二', '三四五六']);
  });

  it('lose no sign but blanks at a break, whatever the text', () => {
    const texts = fc.string({ unit: fc.constantFrom('中', '国', '，', '（', '）', '《', 'a', '1', ' ', '。') });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, width) => {
        const found = lines(text, width);
        expect(found.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of found.slice(1))
          expect(line === '' || !line.startsWith('）') || widthOf(line) >= 0).toBe(true);
      }),
    );
  });
});
