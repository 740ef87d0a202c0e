export * from './chain.js';
export * from './facts.js';
export * from './record.js';
export * from './result.js';
