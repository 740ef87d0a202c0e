import type { StageSheet } from '@xuekao/contracts';
import { stake } from './parts.js';

/** 一战到底: all answer at once, who is wrong leaves. */
export const survival: StageSheet = {
  format: 1,
  name: '一战到底',
  note: '各队同时作答，答错离场，留到最后者胜。全部答错则全部留下。',
  baseScore: 10_000,
  teams: { least: 2, most: 30 },
  members: { least: 1, most: 3, substitutes: 0 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'exit',
  rounds: [
    {
      id: 'survival',
      title: '一战到底',
      brief: ['每题 15 秒，答错或未答离场', '最后一队加 50 分'],
      turns: { kind: 'together', count: 20 },
      answer: 'all',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [stake(10, 0, 15)],
      out: { wrongs: 1, left: 1 },
      awards: [5000],
      pools: 'one',
    },
  ],
};
