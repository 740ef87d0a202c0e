export * from './quiz-builders.js';
export * from './battle-builders.js';
export * from './stage-builders.js';
