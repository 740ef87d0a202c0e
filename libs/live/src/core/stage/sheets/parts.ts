import type { StageBuzzRule, StageRound, StageStake } from '@xuekao/contracts';

/** Points in whole points and seconds, as people write rule sheets. */
export function stake(right: number, wrong: number, seconds: number, none = wrong): StageStake {
  return { right: right * 100, wrong: wrong * 100, none: none * 100, limitMs: seconds * 1000 };
}

/** 违规抢答 V3, 15 s until it is nobody's, 10 s to begin. Source: live.md §5. */
export const usualBuzz: StageBuzzRule = { openMs: 15_000, startMs: 10_000, fouls: 'V3', foulPoints: -1000 };

/** 加时: sudden death, 15 s to begin, for the first three places. */
export const overtime: StageRound = {
  id: 'overtime',
  title: '加时赛',
  brief: ['同分影响名次的队参加', '抢答：先答对者胜，先答错者出局'],
  turns: { kind: 'tied', places: 3, count: 6 },
  answer: 'buzz',
  via: 'spoken',
  speaker: 'any',
  staking: 'fixed',
  stakes: [stake(0, 0, 30)],
  buzz: { ...usualBuzz, startMs: 15_000 },
  out: { wrongs: 1, left: 1, sudden: true },
  pools: 'one',
};
