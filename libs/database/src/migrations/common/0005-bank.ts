import { defineMigration } from '../schema.js';

export const bank0005 = defineMigration(5, 'bank', () => undefined);
