import { markOf, startMark } from './mark-form.js';
import type { QuestionPlan } from './marking.api.js';

const plan = (changes: Partial<QuestionPlan> = {}): QuestionPlan => ({
  mode: 'single',
  threshold: 200,
  step: 50,
  rounding: 'half-up',
  arbiterRule: 'arbiter',
  rubric: [],
  ...changes,
});

describe('the mark that is typed', () => {
  it('is open until something stands there', () => {
    expect(markOf(startMark(0), plan(), 1000)).toBeNull();
  });

  it('goes out in hundredths, with a comment where there is one', () => {
    expect(markOf({ marks: 3.5, points: [], comment: ' 要点不全 ' }, plan(), 1000)).toEqual({
      marks: 350,
      comment: '要点不全',
    });
  });

  it.each([
    ['10.5', 'range'],
    ['-1', 'range'],
    ['3.2', 'step'],
  ])('of %s is a fault: %s', (marks, fault) => {
    expect(markOf({ marks, points: [], comment: '' }, plan(), 1000)).toBe(fault);
  });

  it('adds up the rubric, no line beyond its points', () => {
    const lines = plan({
      rubric: [
        { text: '甲', points: 400 },
        { text: '乙', points: 600 },
      ],
    });
    expect(markOf({ marks: '', points: ['4', '2.5'], comment: '' }, lines, 1000)).toEqual({
      marks: 650,
      points: [400, 250],
    });
    expect(markOf({ marks: '', points: ['5', '1'], comment: '' }, lines, 1000)).toBe('range');
    expect(markOf({ marks: '', points: ['4', ''], comment: '' }, lines, 1000)).toBeNull();
  });
});
