import type { StageSheet } from '@xuekao/contracts';
import { stake } from './parts.js';

/** 擂台赛: a drawn holder, challenger after challenger, places by order of leaving. */
export const ring: StageSheet = {
  format: 1,
  name: '擂台赛',
  note: '抽签定擂主，逐队攻擂，答错离场，按离场先后定名次。每队一次免答权。',
  baseScore: 0,
  teams: { least: 3, most: 10 },
  members: { least: 1, most: 4, substitutes: 1 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'exit',
  rounds: [
    {
      id: 'ring',
      title: '擂台赛',
      brief: ['攻擂方先答，双方轮流，每题 20 秒', '答错或超时离场，胜者守擂'],
      turns: { kind: 'ring', first: 'draw', order: 'seat' },
      answer: 'alternate',
      via: 'device',
      speaker: 'any',
      staking: 'fixed',
      stakes: [stake(10, 0, 20)],
      run: { length: 5 },
      helps: [{ kind: 'pass', times: 1, per: 'contest' }],
      out: { wrongs: 1, left: 1 },
      awards: [3000, 2000, 1000],
      pools: 'one',
    },
  ],
};
