export * from './edition.js';
export * from './match.js';
export * from './plain-text.js';
export * from './reading.js';
export * from './search.js';
