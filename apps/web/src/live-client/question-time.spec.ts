import { timeOf } from './question-time.js';

const timing = { shownAt: 0, openAt: 3_000, closeAt: 23_000 };
const view = { phase: 'question', timing, paused: false } as const;

describe('the clock of a question', () => {
  it('counts down to the opening, then to the close', () => {
    expect(timeOf(view, 0, null)).toMatchObject({ stage: 'reading', seconds: 3, leftPercent: 100 });
    expect(timeOf(view, 3_000, null)).toMatchObject({ stage: 'open', seconds: 20, leftPercent: 100 });
    expect(timeOf(view, 13_000, null)).toMatchObject({ stage: 'open', seconds: 10, leftPercent: 50 });
    expect(timeOf(view, 22_999, null)).toMatchObject({ stage: 'open', seconds: 1 });
  });

  it('never goes below zero while the room has not locked yet', () => {
    expect(timeOf(view, 23_400, null)).toMatchObject({ stage: 'over', seconds: 0, leftPercent: 0 });
  });

  it('runs longer for one who has more time', () => {
    const mine = { ...view, me: { timePercent: 150 } };
    expect(timeOf(mine, 23_000, null)).toMatchObject({ stage: 'open', seconds: 10, leftPercent: 33 });
  });

  it('stands still while the room is paused, and shows nothing where the moment of the pause is unknown', () => {
    const paused = { ...view, paused: true };
    expect(timeOf(paused, 50_000, 13_000)).toMatchObject({ stage: 'open', seconds: 10, isStopped: true });
    expect(timeOf(paused, 50_000, null)).toBeNull();
  });

  it('is there in the question alone', () => {
    expect(timeOf({ ...view, phase: 'locked' }, 5_000, null)).toBeNull();
    expect(timeOf(null, 0, null)).toBeNull();
  });
});
