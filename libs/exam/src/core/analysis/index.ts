export * from './attempt-choice.js';
export * from './distractors.js';
export * from './item-statistics.js';
export * from './response-table.js';
export * from './score-distribution.js';
export * from './test-statistics.js';
