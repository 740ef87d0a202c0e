export * from './quiz-builders.js';
