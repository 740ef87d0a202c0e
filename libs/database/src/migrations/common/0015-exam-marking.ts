import { defineMigration } from '../schema.js';

export const examMarking0015 = defineMigration(15, 'exam-marking', () => undefined);
