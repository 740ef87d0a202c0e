import { arabicOf, blankMatches } from './blank-text.js';

describe('figures', () => {
  it.each([
    ['十二', '12'],
    ['二十', '20'],
    ['一百零五', '105'],
    ['一千五百', '1500'],
    ['二〇一七', '2017'],
    ['30万', '300000'],
    ['一万二千亿', '1200000000000'],
    ['十九', '19'],
    ['007', '007'],
    ['万', '10000'],
    ['九千五百一十四', '9514'],
  ])('reads %s as %s', (run, digits) => {
    expect(arabicOf(run)).toBe(digits);
  });
});

describe('a written answer', () => {
  it.each([
    ['2017年10月18日', '２０１７年１０月１８日'],
    ['2017年10月18日', '二〇一七年十月十八日'],
    ['《中国共产党章程》', '中国共产党章程'],
    ['集体领导、民主集中、个别酝酿、会议决定', '集体领导，民主集中，个别酝酿，会议决定。'],
    ['98%', '百分之九十八'],
    ['百分之十点二', '10.2％'],
    ['三会一课', '3会1课'],
    ['“两学一做”', '两学 一做'],
    ['三分之一', '3分之1'],
  ])('%s accepts %s', (accepted, given) => {
    expect(blankMatches([accepted], given)).toBe(true);
  });

  it.each([
    ['初心', ''],
    ['初心', '使命'],
    ['12', '一百二十'],
    ['5', '15'],
  ])('%s refuses %s', (accepted, given) => {
    expect(blankMatches([accepted], given)).toBe(false);
  });

  it('accepts any of several wordings', () => {
    expect(blankMatches(['每月一次', '每月相对固定1天'], '每月相对固定一天')).toBe(true);
  });
});
