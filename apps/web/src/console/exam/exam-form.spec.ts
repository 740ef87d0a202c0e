import { emptySection, inputOf, planOf, startValues, totalPoints } from './exam-form.js';

describe('the form of an exam', () => {
  it('adds up points without the errors of floats', () => {
    const section = { ...emptySection('single', '单选题'), count: 3, points: 0.1 };
    expect(totalPoints([section, section])).toBe(0.6);
  });

  it('sends marks as hundredths, and topics only where some are chosen', () => {
    const sections = [{ ...emptySection('single', ' 单选题 '), points: 1.5 }];
    expect(planOf({ sections, seed: '' })).toEqual({
      sections: [{ name: '单选题', type: 'single', count: 10, marks: 150 }],
    });
  });

  it('sends the lines on the scale of 100 as hundredths', () => {
    expect(inputOf(startValues('u1'))).toMatchObject({ passLine: 8000, excellentLine: 9000, unitId: 'u1' });
    expect(inputOf(startValues('u1'))).not.toHaveProperty('rules');
  });
});
