export * from './attempt.js';
export * from './grading.js';
export * from './layout.js';
export * from './mark-policy.js';
export * from './paper.js';
export * from './sitting.js';
export * from './external-results.js';
