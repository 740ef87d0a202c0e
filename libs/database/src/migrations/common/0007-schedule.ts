import { defineMigration } from '../schema.js';

export const schedule0007 = defineMigration(7, 'schedule', () => undefined);
