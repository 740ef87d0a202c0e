import { defineMigration } from '../schema.js';

export const platform0001 = defineMigration(1, 'platform', (m) => {
  m.table('outbox_event', (t) => {
    t.id();
    t.code('type', 80);
    t.code('subject_type', 40);
    t.code('subject_id', 64);
    t.ref('unit_id').nullable();
    t.ref('actor_account_id').nullable();
    t.ref('actor_member_id').nullable();
    t.text('actor_name', 80).nullable();
    t.text('reason', 500).nullable();
    t.json('payload');
    t.instant('at');
    t.instant('delivered_at').nullable();
    t.int('attempts');
    t.instant('retry_at');
    t.index('ix_outbox_event_pending', 'delivered_at', 'retry_at', 'id');
  });
  m.table('event_delivery', (t) => {
    t.ref('event_id');
    t.code('subscriber', 80);
    t.instant('at');
    t.primary('event_id', 'subscriber');
  });
  m.table('job', (t) => {
    t.id();
    t.code('name', 80);
    t.code('job_key', 160).nullable();
    t.json('payload');
    t.instant('run_at');
    t.choice('state', ['waiting', 'done', 'failed']);
    t.int('attempts');
    t.longText('last_error').nullable();
    t.instant('created_at');
    t.instant('finished_at').nullable();
    t.instant('dispatched_at').nullable();
    t.unique('uq_job_key', 'job_key');
    t.index('ix_job_due', 'state', 'run_at', 'id');
    t.index('ix_job_dispatch', 'dispatched_at', 'state');
  });
  m.table('idempotency_key', (t) => {
    t.code('key_hash', 64);
    t.ref('account_id');
    t.code('request_hash', 64);
    t.int('status');
    t.json('response').nullable();
    t.instant('created_at');
    t.primary('account_id', 'key_hash');
    t.index('ix_idempotency_key_created', 'created_at');
  });
  m.table('setting', (t) => {
    t.code('name', 80);
    t.json('value');
    t.instant('updated_at');
    t.primary('name');
  });
});
