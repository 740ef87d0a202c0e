import { defineMigration } from '../schema.js';

export const auth0003 = defineMigration(3, 'auth', (m) => {
  m.table('account', (t) => {
    t.id();
    t.text('login_name', 32);
    t.key('login_key', 32);
    t.ref('member_id').nullable();
    t.code('password_hash', 200);
    t.instant('password_changed_at');
    t.flag('must_change_password');
    t.choice('state', ['active', 'disabled']);
    t.instant('created_at');
    t.instant('last_sign_in_at').nullable();
    t.unique('uq_account_login', 'login_key');
    t.unique('uq_account_member', 'member_id');
  });
  m.table('password_history', (t) => {
    t.ref('account_id', 'account');
    t.int('number');
    t.code('password_hash', 200);
    t.primary('account_id', 'number');
  });
  m.table('sign_in_guard', (t) => {
    t.code('login_digest', 64);
    t.int('failures');
    t.instant('locked_until').nullable();
    t.instant('updated_at');
    t.primary('login_digest');
    t.index('ix_sign_in_guard_updated', 'updated_at');
  });
  m.table('sign_in_session', (t) => {
    t.id();
    t.ref('account_id', 'account');
    t.text('label', 120);
    t.instant('created_at');
    t.instant('last_used_at');
    t.int('idle_ms');
    t.instant('expires_at');
    t.instant('revoked_at').nullable();
    t.code('revoke_reason', 40).nullable();
    t.index('ix_sign_in_session_account', 'account_id');
    t.index('ix_sign_in_session_expires', 'expires_at');
    t.index('ix_sign_in_session_revoked', 'revoked_at');
  });
  m.table('refresh_token', (t) => {
    t.code('digest', 64);
    t.ref('session_id', 'sign_in_session');
    t.instant('created_at');
    t.instant('rotated_at').nullable();
    t.code('successor_digest', 64).nullable();
    t.primary('digest');
    t.index('ix_refresh_token_session', 'session_id');
  });
});
