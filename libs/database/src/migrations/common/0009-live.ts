import { defineMigration } from '../schema.js';

export const live0009 = defineMigration(9, 'live', () => undefined);
