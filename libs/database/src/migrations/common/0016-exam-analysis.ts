import { defineMigration } from '../schema.js';

export const examAnalysis0016 = defineMigration(16, 'exam-analysis', () => undefined);
