import { hallSound, stageSound } from './moments.js';
import type { HallMoment, StageMoment } from './moments.js';

const open: HallMoment = { phase: 'question', stage: 'open', seconds: 8 };

describe('what a hall hears', () => {
  it('hears the opening, each of the last five seconds, the lock and the podium, and nothing else', () => {
    const moments: readonly HallMoment[] = [
      { phase: 'lobby', stage: null, seconds: 0 },
      { phase: 'question', stage: 'reading', seconds: 3 },
      { ...open, seconds: 20 },
      { ...open, seconds: 6 },
      { ...open, seconds: 5 },
      { ...open, seconds: 5 },
      { ...open, seconds: 1 },
      { phase: 'question', stage: 'over', seconds: 0 },
      { phase: 'locked', stage: null, seconds: 0 },
      { phase: 'revealed', stage: null, seconds: 0 },
      { phase: 'scoreboard', stage: null, seconds: 0 },
      { phase: 'podium', stage: null, seconds: 0 },
    ];
    const heard = moments.slice(1).map((now, at) => hallSound(moments[at]!, now));
    expect(heard).toEqual([null, 'open', null, 'second', null, 'second', null, 'over', 'notice', null, 'places']);
  });

  it('is quiet when a screen comes back in the last seconds', () => {
    expect(hallSound({ phase: 'question', stage: null, seconds: 0 }, { ...open, seconds: 3 })).toBeNull();
  });
});

describe('what a stage sounds like', () => {
  const quiet: StageMoment = { phase: 'question', cue: { n: 4, type: 'foul' }, clock: null };
  const clock = (stage: 'ahead' | 'open' | 'over', seconds: number, kind: 'buzz' | 'answer' = 'answer') => ({
    ...quiet,
    clock: { kind, stage, seconds },
  });

  it('plays each cue once', () => {
    expect(stageSound(quiet, { ...quiet, cue: { n: 5, type: 'buzz' } })).toBe('buzz');
    expect(stageSound(quiet, { ...quiet, phase: 'judging' })).toBeNull();
    expect(stageSound({ ...quiet, cue: null }, { ...quiet, cue: { n: 1, type: 'right' } })).toBe('right');
  });

  it('opens the buzzer at the common instant, and counts an answer out', () => {
    expect(stageSound(clock('ahead', 60, 'buzz'), clock('open', 60, 'buzz'))).toBe('open');
    expect(stageSound(clock('open', 6), clock('open', 5))).toBe('second');
    expect(stageSound(clock('open', 5, 'buzz'), clock('open', 4, 'buzz'))).toBeNull();
    expect(stageSound(clock('open', 1), clock('over', 0))).toBe('over');
  });
});
