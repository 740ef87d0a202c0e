export * from './buzz-rules.js';
export * from './buzz-state.js';
export * from './clock-offset.js';
export * from './decide-buzz.js';
export * from './evolve-buzz.js';
export * from './foul-policy.js';
export * from './judge-press.js';
export * from './rtt.js';
