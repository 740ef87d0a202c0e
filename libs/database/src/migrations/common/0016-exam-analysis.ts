import { defineMigration } from '../schema.js';

export const examAnalysis0016 = defineMigration(16, 'exam-analysis', (m) => {
  m.table('exam_sheet', (t) => {
    t.ref('attempt_id', 'exam_attempt');
    t.ref('exam_id', 'exam');
    t.int('revision');
    t.json('marks');
    t.json('fulls');
    t.json('picks');
    t.int('checksum');
    t.primary('attempt_id');
    t.index('ix_exam_sheet_exam', 'exam_id', 'checksum');
  });
});
