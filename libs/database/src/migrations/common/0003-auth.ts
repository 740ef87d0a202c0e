import { defineMigration } from '../schema.js';

export const auth0003 = defineMigration(3, 'auth', () => undefined);
