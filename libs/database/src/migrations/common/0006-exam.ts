import { defineMigration } from '../schema.js';

export const exam0006 = defineMigration(6, 'exam', () => undefined);
