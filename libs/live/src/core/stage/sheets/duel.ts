import type { StageSheet } from '@xuekao/contracts';
import { overtime, stake } from './parts.js';

/** 必答, then 对战: rank 1 against 2, 3 against 4. */
export const duel: StageSheet = {
  format: 1,
  name: '两两对战',
  note: '必答排定名次后，第一对第二、第三对第四，各五题。',
  baseScore: 10_000,
  teams: { least: 2, most: 8 },
  members: { least: 1, most: 4, substitutes: 1 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'points',
  rounds: [
    {
      id: 'required',
      title: '必答题',
      turns: { kind: 'together', count: 3 },
      answer: 'all',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [stake(10, 0, 30)],
      pools: 'one',
    },
    {
      id: 'duel',
      title: '对战题',
      brief: ['双方轮流作答，每题 10 秒', '答对加 10 分，答错扣 10 分', '每队可求助一次，重新计时'],
      turns: { kind: 'pairs', by: 'rank' },
      answer: 'alternate',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [stake(10, -10, 10)],
      run: { length: 10 },
      helps: [{ kind: 'help', times: 1, per: 'round' }],
      pools: 'one',
    },
    overtime,
  ],
};
