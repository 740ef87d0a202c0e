import { defineMigration } from '../schema.js';

export const bankFormats0013 = defineMigration(13, 'bank-formats', () => undefined);
