import { defineMigration } from '../schema.js';

export const audit0012 = defineMigration(12, 'audit', (m) => {
  m.table('audit_record', (t) => {
    t.int('number');
    t.ref('event_id');
    t.instant('at');
    t.ref('actor_account_id').nullable();
    t.ref('actor_member_id').nullable();
    t.text('actor_name', 80).nullable();
    t.code('type', 80);
    t.code('subject_type', 40);
    t.code('subject_id', 64);
    t.ref('unit_id').nullable();
    t.choice('result', ['done', 'refused', 'failed']);
    t.text('reason', 500).nullable();
    t.json('facts');
    t.code('previous_hash', 64);
    t.code('hash', 64);
    t.primary('number');
    t.unique('uq_audit_record_event', 'event_id');
    t.index('ix_audit_record_at', 'at', 'number');
    t.index('ix_audit_record_account', 'actor_account_id', 'number');
    t.index('ix_audit_record_member', 'actor_member_id', 'number');
    t.index('ix_audit_record_type', 'type', 'number');
    t.index('ix_audit_record_subject', 'subject_id', 'subject_type', 'number');
  });
  m.table('audit_head', (t) => {
    t.code('name', 16);
    t.int('number');
    t.code('hash', 64);
    t.primary('name');
  });
});
