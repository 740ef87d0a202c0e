import { defineMigration } from '../schema.js';

export const examDay0014 = defineMigration(14, 'exam-day', (m) => {
  m.table('exam_intervention', (t) => {
    t.id();
    t.ref('exam_id', 'exam');
    t.choice('kind', ['extend', 'reopen', 'collect', 'exempt', 'readmit', 'void', 'give-all', 'restore']);
    t.ref('unit_id').nullable();
    t.ref('member_id').nullable();
    t.int('minutes').nullable();
    t.int('number').nullable();
    t.code('exemption', 40).nullable();
    t.text('reason', 500);
    t.ref('actor_id').nullable();
    t.text('actor_name', 80).nullable();
    t.instant('at');
    t.index('ix_exam_intervention_exam', 'exam_id', 'at');
  });
  m.table('exam_evidence', (t) => {
    t.id();
    t.ref('exam_id', 'exam');
    t.ref('member_id');
    t.ref('attempt_id').nullable();
    t.choice('kind', ['note', 'focus-lost', 'focus-back', 'taken-over', 'key-seen', 'other-address', 'other-browser']);
    t.text('text', 500).nullable();
    t.int('away_ms').nullable();
    t.instant('client_at').nullable();
    t.ref('actor_id').nullable();
    t.text('actor_name', 80).nullable();
    t.instant('at');
    t.index('ix_exam_evidence_exam', 'exam_id', 'member_id', 'at');
  });
  m.table('exam_pulse', (t) => {
    t.ref('exam_id', 'exam');
    t.int('seq');
    t.primary('exam_id');
  });
  m.table('exam_activity', (t) => {
    t.ref('attempt_id');
    t.ref('exam_id');
    t.instant('touched_at');
    t.primary('attempt_id');
    t.index('ix_exam_activity_exam', 'exam_id', 'touched_at');
  });
  m.table('exam_presence', (t) => {
    t.ref('attempt_id');
    t.ref('exam_id');
    t.flag('is_connected');
    t.instant('seen_at');
    t.primary('attempt_id');
    t.index('ix_exam_presence_exam', 'exam_id', 'seen_at');
  });
  m.table('exam_access', (t) => {
    t.ref('exam_id', 'exam');
    t.code('password_hash', 200).nullable();
    t.json('ip_ranges').nullable();
    t.json('seb_keys').nullable();
    t.primary('exam_id');
  });
});
