export * from './figures.js';
export * from './paper.js';
