export * from './bureau.js';
