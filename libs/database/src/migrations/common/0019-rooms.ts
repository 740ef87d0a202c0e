import { defineMigration } from '../schema.js';

export const rooms0019 = defineMigration(19, 'rooms', () => undefined);
