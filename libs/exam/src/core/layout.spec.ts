import type { QuestionBody } from '@xuekao/contracts';
import { hundredths, seededRng } from '@xuekao/kernel';
import { layoutOf } from './layout.js';
import type { PaperItem } from './paper.js';

const material = { id: 'm', versionId: 'm1', title: '', text: '材料' };
const item = (number: number, versionId: string): PaperItem => ({
  number,
  section: 1,
  sectionName: '一',
  questionId: versionId,
  versionId,
  code: versionId,
  type: 'short-answer',
  marks: hundredths(100),
});
const bodyOf = (versionId: string): QuestionBody => ({
  type: 'short-answer',
  stem: versionId,
  maxLength: 10,
  ...(versionId.startsWith('m') ? { material } : {}),
});
const shuffling = { questions: true, options: false };

describe('the layout of a paper', () => {
  it('keeps the questions of one material together and in order, wherever they go', () => {
    const items = ['a', 'm-1', 'm-2', 'm-3', 'b', 'c'].map((versionId, at) => item(at + 1, versionId));
    const places = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const numbers = layoutOf(items, bodyOf, shuffling, seededRng(String(seed))).map((place) => place.number);
      const first = numbers.indexOf(2);
      places.add(first);
      expect(numbers.slice(first, first + 3)).toEqual([2, 3, 4]);
      expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
    }
    expect(places.size).toBeGreaterThan(1);
  });

  it('shuffles orderings and the right side of matchings even where options keep their places', () => {
    const options = Array.from({ length: 8 }, (_, at) => ({ id: `o${at}`, text: `${at}` }));
    const bodies: Record<string, QuestionBody> = {
      ordering: { type: 'ordering', stem: '', options },
      matching: { type: 'matching', stem: '', lefts: options, rights: options },
      single: { type: 'single', stem: '', options },
    };
    const items = Object.keys(bodies).map((versionId, at) => item(at + 1, versionId));
    const layout = layoutOf(items, (id) => bodies[id]!, { questions: false, options: false }, seededRng('x'));
    const given = options.map((option) => option.id);
    expect(layout.map(({ optionIds }) => optionIds.join() === given.join())).toEqual([false, false, true]);
    expect(layout[0]!.optionIds.toSorted()).toEqual(given);
  });
});
