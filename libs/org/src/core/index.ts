export * from './membership.js';
export * from './period.js';
export * from './roles.js';
export * from './roster-import.js';
export * from './roster.js';
export * from './transfer.js';
export * from './units.js';
