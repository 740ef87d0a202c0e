import { defineMigration } from '../schema.js';

export const stats0010 = defineMigration(10, 'stats', () => undefined);
