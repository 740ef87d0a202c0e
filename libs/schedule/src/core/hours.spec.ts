import { civilDate } from '@xuekao/kernel';
import { anItem, rosterDay } from '../../test/builders.js';
import { defaultHoursRules, hoursOf, type StudyHoursRule } from './hours.js';

describe('study hours', () => {
  it.each([
    ['a lecture of three hours', { ...anItem('a', 'party-lecture', 180) }, 300],
    ['100 minutes, rounded down to half an hour', anItem('a', 'party-day', 100), 150],
    ['a session of the study group, however long', anItem('a', 'study-group-session', 150), 300],
    ['a training class of two and a half days', { ...anItem('a', 'training-class', 0), halfDays: 5 }, 2000],
  ])('%s', (_, item, hours) => {
    expect(hoursOf(defaultHoursRules, item, rosterDay)).toBe(hours);
  });

  const lecture45: StudyHoursRule = {
    id: 'local',
    type: 'party-lecture',
    unit: 'minutes',
    amount: 45,
    hours: 100,
    step: 50,
    validFrom: civilDate('2017-07-01'),
    source: '本单位规定',
  };
  it('follow the row in force on the day, and a row of the type before a general one', () => {
    const table = [...defaultHoursRules, lecture45];
    expect(hoursOf(table, anItem('a', 'party-lecture', 135), civilDate('2017-06-30'))).toBe(200);
    expect(hoursOf(table, anItem('a', 'party-lecture', 135), civilDate('2017-07-01'))).toBe(300);
    expect(hoursOf(table, anItem('a', 'party-day', 135), civilDate('2017-07-01'))).toBe(200);
  });
  it('are none where the table has no row', () => {
    expect(hoursOf([], anItem(), rosterDay)).toBe(0);
  });
});
