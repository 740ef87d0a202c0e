import { minuteToSpeak } from './announcements.js';

const minutes = (value: number): number => value * 60_000;

describe('what a countdown says aloud', () => {
  it('speaks at 30, 10, 5 and 1 minutes', () => {
    for (const mark of [30, 10, 5, 1]) expect(minuteToSpeak(minutes(mark) + 200, minutes(mark) - 50)).toBe(mark);
  });

  it('is silent between the marks', () => {
    expect(minuteToSpeak(minutes(29), minutes(28))).toBeUndefined();
    expect(minuteToSpeak(minutes(1) - 1, 30_000)).toBeUndefined();
  });

  it('speaks once, of the lowest mark, after a page that slept past several', () => {
    expect(minuteToSpeak(minutes(31), minutes(4))).toBe(5);
  });

  it('does not speak of a minute when the time is over', () => {
    expect(minuteToSpeak(minutes(2), 0)).toBeUndefined();
  });
});
