import type { Exam } from './exam.api.js';
import { emptySection, evenMix, inputOf, planOf, plannedSum, sectionsOf, startValues, valuesOf } from './exam-form.js';

describe('the form of an exam', () => {
  it('adds up points without the errors of floats', () => {
    const section = { ...emptySection('single', '单选题'), count: 3, points: 0.1 };
    expect(plannedSum([section, section])).toEqual({ count: 6, points: 0.6, openMaterials: 0 });
  });

  it('counts the questions of materials where their number is asked for, and leaves them open where it is not', () => {
    const materials = { ...emptySection('material', '材料题'), count: 2, points: 3 };
    expect(plannedSum([materials])).toEqual({ count: 0, points: 0, openMaterials: 2 });
    const five = { ...materials, questionsEach: 5 };
    expect(plannedSum([emptySection('single', '单选题'), five])).toEqual({ count: 20, points: 50, openMaterials: 0 });
    const { sections } = planOf({ sections: [five], seed: '' });
    expect(sections).toEqual([{ name: '材料题', type: 'material', count: 2, marks: 300, questionsEach: 5 }]);
    expect(sectionsOf({ sections })).toEqual([five]);
  });

  it('sends marks as hundredths, and topics only where some are chosen', () => {
    const sections = [{ ...emptySection('single', ' 单选题 '), points: 1.5 }];
    expect(planOf({ sections, seed: '' })).toEqual({
      sections: [{ name: '单选题', type: 'single', count: 10, marks: 150 }],
    });
  });

  it('shares a count out over the difficulties, and sends that instead of a choice of them', () => {
    expect([7, 8, 9].map(evenMix)).toEqual([
      { 1: 2, 2: 3, 3: 2 },
      { 1: 3, 2: 3, 3: 2 },
      { 1: 3, 2: 3, 3: 3 },
    ]);
    const section = { ...emptySection('single', '单选题'), difficulties: [1], mix: evenMix(10), must: ['A-1'] };
    const plan = planOf({ sections: [section], mustNot: ['A-2'], seed: ' s-1 ' });
    expect(plan).toMatchObject({ mustNot: ['A-2'], seed: 's-1' });
    expect(plan.sections[0]).toEqual({
      name: '单选题',
      type: 'single',
      count: 10,
      marks: 200,
      mix: { 1: 3, 2: 4, 3: 3 },
      must: ['A-1'],
    });
    expect(planOf({ sections: sectionsOf({ sections: plan.sections })!, seed: '' }).sections).toEqual(plan.sections);
  });

  it('takes a draft of an older form', () => {
    const { mix: _mix, must: _must, ...old } = emptySection('single', '单选题');
    expect(planOf({ sections: [old], seed: '' }).sections[0]).not.toHaveProperty('must');
  });

  it('sends the lines on the scale of 100 as hundredths', () => {
    expect(inputOf(startValues('u1'))).toMatchObject({ passLine: 8000, excellentLine: 9000, unitId: 'u1' });
    expect(inputOf(startValues('u1'))).not.toHaveProperty('rules');
  });

  it('sends back which attempt counts, so that saving a draft changes nothing', () => {
    const exam = { attempts: 2, attemptPolicy: 'last', passLine: 8000, excellentLine: 9000, graceMs: 30_000 } as Exam;
    expect(inputOf(valuesOf(exam))).toMatchObject({ attempts: 2, attemptPolicy: 'last', graceMs: 30_000 });
    expect(inputOf(startValues('u1'))).toMatchObject({ attemptPolicy: 'best' });
  });
});
