import { defineMigration } from '../schema.js';

export const rooms0008 = defineMigration(8, 'rooms', () => undefined);
