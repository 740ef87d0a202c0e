export * from './hints.js';
export * from './sentence.js';
export * from './skeleton.js';
export * from './tables.js';
export * from './templates.js';
export * from './wording.js';
export * from './document.js';
