import { monthAfter, weeksOf } from './month-grid.js';

describe('the grid of a month', () => {
  it('starts on Monday and ends with the week of the last day', () => {
    const weeks = weeksOf('2017-11');
    expect(weeks.length).toBe(5);
    expect(weeks[0]?.[0]).toBe('2017-10-30');
    expect(weeks[4]?.[6]).toBe('2017-12-03');
  });

  it('has four rows where February begins on a Monday', () => {
    expect(weeksOf('2021-02').length).toBe(4);
  });

  it('has every day of the month once', () => {
    for (let number = 1; number <= 12; number += 1) {
      const month = `2017-${String(number).padStart(2, '0')}`;
      const days = weeksOf(month)
        .flat()
        .filter((day) => day.startsWith(month));
      expect(new Set(days).size).toBe(new Date(Date.UTC(2017, number, 0)).getUTCDate());
    }
  });

  it('goes over the turn of the year', () => {
    expect([monthAfter('2017-12', 1), monthAfter('2018-01', -1)]).toEqual(['2018-01', '2017-12']);
  });
});
