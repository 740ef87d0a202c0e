import type { StageSheet } from '@xuekao/contracts';
import { overtime, stake, usualBuzz } from './parts.js';

/** Short, for a branch meeting: 团队必答 and 抢答, a foul voids the question. */
export const branch: StageSheet = {
  format: 1,
  name: '支部简赛',
  note: '团队必答与抢答，犯规扣分且本题作废。',
  baseScore: 10_000,
  teams: { least: 2, most: 6 },
  members: { least: 1, most: 5, substitutes: 2 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'points',
  rounds: [
    {
      id: 'required',
      title: '团队必答',
      brief: ['队长答第一题，其余队员不限', '答对加 10 分，限时 60 秒'],
      turns: { kind: 'each', laps: 2, order: 'seat' },
      answer: 'floor',
      via: 'spoken',
      speaker: 'captain-first',
      staking: 'fixed',
      stakes: [stake(10, 0, 60)],
      pools: 'one',
    },
    {
      id: 'buzzer',
      title: '抢答题',
      turns: { kind: 'together', count: 3 },
      answer: 'buzz',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [stake(10, -10, 30)],
      buzz: { ...usualBuzz, fouls: 'V1' },
      nobody: 'void',
      pools: 'one',
    },
    overtime,
  ],
};
