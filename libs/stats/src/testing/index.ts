export * from './bureau.js';
export * from './recorded-bureau.js';
