import { draftOf } from '../draft-question.js';
import type { DraftQuestion } from '../draft-question.js';

/** One question of each type, for the template and the manual. Facts: 014, 031, 007, 112 of the fact bank. */
export const exampleDrafts: readonly DraftQuestion[] = [
  draftOf({
    type: 'single',
    stem: '党的十九大报告把哪一项称为党的根本组织原则？',
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
  draftOf({
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
  draftOf({
    type: 'true-false',
    stem: '预备党员没有表决权、选举权和被选举权。',
    truth: true,
    difficulty: 1,
    topic: '党员',
  }),
  draftOf({
    type: 'blank',
    stem: '中国共产党人的初心和使命，就是为中国人民谋____，为中华民族谋____。',
    answers: [['幸福'], ['复兴']],
    difficulty: 1,
    topic: '初心使命',
  }),
];
