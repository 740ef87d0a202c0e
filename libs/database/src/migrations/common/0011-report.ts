import { defineMigration } from '../schema.js';

export const report0011 = defineMigration(11, 'report', () => undefined);
