import { isRefusal } from '@xuekao/kernel';
import { bankContent2017 } from '../content/index.js';
import { blankMatches } from './blank-text.js';
import { questionFrom } from './question.js';

describe('the shipped questions', () => {
  it('all pass the rules of the bank', () => {
    const refused = bankContent2017.map(questionFrom).filter(isRefusal);
    expect(refused).toEqual([]);
  });

  it('accept their own wordings in every blank', () => {
    for (const question of bankContent2017) {
      if (question.type !== 'blank') continue;
      for (const wordings of question.answers) {
        for (const wording of wordings) expect(blankMatches(wordings, wording)).toBe(true);
      }
    }
  });
});
