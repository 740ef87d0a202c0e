import fc from 'fast-check';
import { arabicOf, blankForm, blankMatches } from './blank-text.js';

const wordings = fc
  .array(fc.constantFrom(...'初心使命一二三十百千万亿零〇两点年月日Ａａ１2．。，、；“”《》 %()（）'), { maxLength: 24 })
  .map((signs) => signs.join(''));

/** An independent writer of Chinese figures below ten thousand. */
function chineseOf(value: number): string {
  const digits = '零一二三四五六七八九';
  const units = ['', '十', '百', '千'];
  let text = '';
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) gap = text !== '';
    else {
      text += (gap ? '零' : '') + digits[digit] + units[place];
      gap = false;
    }
  }
  return text === '' ? '零' : text;
}

describe('the form of a written answer', () => {
  it('is the same when taken twice', () => {
    fc.assert(fc.property(wordings, (text) => expect(blankForm(blankForm(text))).toBe(blankForm(text))));
  });

  it('matches itself in other widths and spacing unless nothing is left of it', () => {
    fc.assert(
      fc.property(wordings, (text) => {
        const wide = [...text].map((sign) =>
          /[!-~]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign,
        );
        expect(blankMatches([text], wide.join(' '))).toBe(blankForm(text) !== '');
      }),
    );
  });

  it('reads every Chinese figure below ten thousand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (value) => expect(arabicOf(chineseOf(value))).toBe(String(value))),
    );
  });
});
