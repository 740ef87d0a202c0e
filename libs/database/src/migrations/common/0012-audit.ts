import { defineMigration } from '../schema.js';

export const audit0012 = defineMigration(12, 'audit', () => undefined);
