import { periodFrom } from './period.js';

const now = Date.UTC(2017, 11, 31, 17);

describe('the period of the statistics in the URL', () => {
  it('is this year in the zone of the organisation where nothing is asked', () => {
    expect(periodFrom({}, now)).toEqual({ year: 2018 });
  });

  it('reads quarter, month and unit', () => {
    expect(periodFrom({ year: '2017', span: 'q4', unitId: 'u1' }, now)).toEqual({
      year: 2017,
      quarter: 4,
      unitId: 'u1',
    });
    expect(periodFrom({ year: '2017', span: 'm11' }, now)).toEqual({ year: 2017, month: 11 });
  });

  it('reads no quarter five and no month thirteen', () => {
    expect(periodFrom({ year: '2017', span: 'q5' }, now)).toEqual({ year: 2017 });
    expect(periodFrom({ year: '2017', span: 'm13' }, now)).toEqual({ year: 2017 });
  });
});
