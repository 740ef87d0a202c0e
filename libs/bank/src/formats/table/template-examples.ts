import { fileQuestion } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';

/** One question of each type, for the template and the manual. */
export const exampleDrafts: readonly FileQuestion[] = [
  fileQuestion({
    type: 'single',
    stem: '党章规定的党的根本组织原则是什么？',
    options: [
      { text: '民主集中制', correct: true },
      { text: '首长负责制', correct: false },
      { text: '集体承包制', correct: false },
      { text: '个人负责制', correct: false },
    ],
    explanation: '民主集中制是党的根本组织原则和领导制度。',
    source: '党章总纲',
    difficulty: 1,
    topic: '党章',
  }),
  fileQuestion({
    type: 'multiple',
    stem: '“四个伟大”包括哪几项？',
    options: [
      { text: '伟大斗争', correct: true },
      { text: '伟大工程', correct: true },
      { text: '伟大口号', correct: false },
      { text: '伟大梦想', correct: true },
    ],
    difficulty: 2,
    topic: '历史使命',
  }),
  fileQuestion({
    type: 'true-false',
    stem: '预备党员没有表决权、选举权和被选举权。',
    truth: true,
    difficulty: 1,
    topic: '党员',
  }),
  fileQuestion({
    type: 'blank',
    stem: '中国共产党人的初心和使命，就是为中国人民谋____，为中华民族谋____。',
    answers: [['幸福'], ['复兴']],
    difficulty: 1,
    topic: '初心使命',
  }),
  fileQuestion({
    type: 'ordering',
    stem: '按时间先后排列下列事件。',
    order: ['新民主主义革命胜利', '党的十一届三中全会召开', '党的十八大召开', '党的十九大召开'],
    difficulty: 2,
    topic: '党史',
  }),
  fileQuestion({
    type: 'matching',
    stem: '把攻坚战与其要求连起来。',
    pairs: [
      { left: '脱贫', right: '精准' },
      { left: '重大风险', right: '防范化解' },
    ],
    spareRights: ['综合防治'],
    difficulty: 2,
    topic: '攻坚战',
  }),
  fileQuestion({
    type: 'short-answer',
    stem: '简述“三会一课”的内容。',
    reference: '支部党员大会、支部委员会会议、党小组会和党课。',
    rubric: ['三种会议各一点', '党课一点'],
    difficulty: 2,
    topic: '组织生活',
  }),
];
