import { defineMigration } from '../schema.js';

export const handbook0004 = defineMigration(4, 'handbook', () => undefined);
