import { defineMigration } from '../schema.js';

export const org0002 = defineMigration(2, 'org', () => undefined);
