import { defineMigration } from '../schema.js';

export const examDay0014 = defineMigration(14, 'exam-day', () => undefined);
