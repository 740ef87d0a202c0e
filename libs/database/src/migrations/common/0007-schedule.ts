import { defineMigration } from '../schema.js';

const membershipTypes = [
  'full',
  'probationary',
  'retired-full',
  'on-probation-within-party',
  'development-target',
  'activist',
  'masses',
  'suspended',
];

export const schedule0007 = defineMigration(7, 'schedule', (m) => {
  m.table('study_session', (t) => {
    t.id();
    t.ref('owner_unit_id');
    t.text('title', 120);
    t.choice('state', ['draft', 'published', 'closed', 'archived', 'cancelled']);
    t.choice('level', ['central', 'province', 'city', 'bureau', 'branch']).nullable();
    t.text('campaign_tag', 64).nullable();
    t.flag('studies_party_building');
    t.json('audience');
    t.text('place', 200);
    t.text('online_link', 500).nullable();
    t.instant('planned_start_at');
    t.instant('planned_end_at');
    t.instant('check_in_opens_at');
    t.instant('check_in_closes_at');
    t.code('check_in_secret', 64);
    t.json('people');
    t.longText('agenda');
    t.instant('started_at').nullable();
    t.instant('ended_at').nullable();
    t.json('record');
    t.date('roster_on').nullable();
    t.instant('published_at').nullable();
    t.instant('closed_at').nullable();
    t.instant('archived_at').nullable();
    t.instant('cancelled_at').nullable();
    t.text('cancel_reason', 500).nullable();
    t.date('local_date');
    t.code('iso_week', 8);
    t.int('year');
    t.instant('created_at');
    t.int('version');
    t.index('ix_study_session_owner', 'owner_unit_id', 'planned_start_at');
    t.index('ix_study_session_year', 'year', 'state');
    t.index('ix_study_session_day', 'local_date', 'id');
  });
  m.table('session_item', (t) => {
    t.id();
    t.ref('session_id', 'study_session');
    t.int('number');
    t.code('type', 40);
    t.text('title', 200);
    t.json('topics');
    t.int('minutes');
    t.int('half_days').nullable();
    t.int('hours').nullable();
    t.text('hours_reason', 500).nullable();
    t.unique('uq_session_item_number', 'session_id', 'number');
    t.index('ix_session_item_type', 'type', 'session_id');
  });
  m.table('session_attendance', (t) => {
    t.ref('session_id', 'study_session');
    t.ref('member_id');
    t.text('name', 80);
    t.ref('unit_id').nullable();
    t.ref('department_id').nullable();
    t.choice('membership_type', membershipTypes);
    t.choice('roster_group', ['due', 'exempt', 'guest']);
    t.code('exemption', 40).nullable();
    t.flag('votes');
    t.choice('status', ['unmarked', 'present', 'leave', 'absent']);
    t.choice('source', ['code', 'organiser']).nullable();
    t.instant('marked_at').nullable();
    t.choice('leave_state', ['none', 'requested', 'approved', 'declined']);
    t.choice('leave_reason', ['duty', 'business-trip', 'sick', 'maternity', 'other']).nullable();
    t.text('leave_note', 500).nullable();
    t.choice('absence_reason', ['without-leave', 'unreported-duty', 'in-transfer', 'other']).nullable();
    t.text('absence_note', 500).nullable();
    t.instant('made_up_at').nullable();
    t.text('made_up_note', 500).nullable();
    t.primary('session_id', 'member_id');
    t.index('ix_session_attendance_member', 'member_id', 'session_id');
  });
  m.table('session_guest', (t) => {
    t.id();
    t.ref('session_id', 'study_session');
    t.text('name', 80);
    t.text('organisation', 120).nullable();
    t.ref('member_id').nullable();
    t.index('ix_session_guest_session', 'session_id');
  });
  m.table('session_erratum', (t) => {
    t.ref('session_id', 'study_session');
    t.int('number');
    t.longText('text');
    t.text('written_by', 80);
    t.instant('written_at');
    t.primary('session_id', 'number');
  });
  m.table('study_credit', (t) => {
    t.ref('member_id');
    t.ref('item_id', 'session_item');
    t.ref('session_id', 'study_session');
    t.ref('unit_id').nullable();
    t.flag('is_collective');
    t.flag('is_made_up');
    t.int('hours');
    t.date('local_date');
    t.int('year');
    t.primary('member_id', 'item_id');
    t.index('ix_study_credit_year', 'year', 'member_id');
    t.index('ix_study_credit_session', 'session_id');
  });
  m.table('study_hours_rule', (t) => {
    t.id();
    t.code('type', 40).nullable();
    t.choice('unit', ['minutes', 'half-day', 'day', 'session']);
    t.int('amount');
    t.int('hours');
    t.int('step');
    t.date('valid_from');
    t.text('source', 200);
    t.instant('created_at');
  });
});
