import { faultsOf } from '../parts/fields.js';
import { contestFields, contestOf, emptyContest, scoringExample } from './contest-form.js';
import type { QuestionSet } from './live.api.js';

const words = (key: string, named: Record<string, string | number> = {}): string =>
  [key, ...Object.values(named)].join(' ');
const filled = { ...emptyContest, title: ' 竞赛 ', setId: 's', unitId: 'u' };

describe('the form of a new contest', () => {
  it.each([
    ['flat', '10 10 3'],
    ['half-speed', '10 7.5 3'],
    ['linear-floor', '10 5 3'],
    ['first-n', '10 10 3'],
  ])('tells what a right answer at half time earns with %s', (scoring, figures) => {
    const values = { ...filled, 'options.scoring': scoring };
    expect(scoringExample(values, words)).toBe(`desk.live.example.${scoring} ${figures}`);
  });

  it('sends seconds as milliseconds and points as hundredths, and nothing for a set played whole', () => {
    const body = contestOf({ ...filled, 'options.readingMs': 0.3, 'options.wrongPenalty': 2.5 });
    expect(body).toMatchObject({ title: '竞赛', options: { readingMs: 300, wrongPenalty: 250, limitMs: 20_000 } });
    expect('draw' in body).toBe(false);
    expect(contestOf({ ...filled, draw: 3 }).draw).toBe(3);
  });

  it('finds fault with more questions than the set has', () => {
    const fields = contestFields([{ id: 's', questions: 5 } as QuestionSet], words);
    expect(faultsOf(fields, { ...filled, draw: 5 })).toEqual({});
    expect(faultsOf(fields, { ...filled, draw: 6 })).toEqual({ draw: 'desk.live.f.drawTooMany 5' });
  });
});
