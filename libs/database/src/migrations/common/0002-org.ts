import { defineMigration } from '../schema.js';

const trees = ['party', 'department'];

export const org0002 = defineMigration(2, 'org', (m) => {
  m.table('unit', (t) => {
    t.id();
    t.choice('tree', trees);
    t.code('kind', 40);
    t.ref('parent_id', 'unit').nullable();
    t.text('name', 120);
    t.text('short_name', 40);
    t.int('sort_order');
    t.date('valid_from');
    t.date('valid_to').nullable();
    t.code('root_key', 16).nullable();
    t.int('version');
    t.unique('uq_unit_root', 'root_key');
    t.index('ix_unit_parent', 'parent_id');
  });
  m.table('member', (t) => {
    t.id();
    t.text('staff_number', 32);
    t.key('staff_number_key', 32);
    t.text('name', 60);
    t.key('name_key', 60);
    t.choice('gender', ['female', 'male']).nullable();
    t.date('joined_on').nullable();
    t.date('full_since').nullable();
    t.text('phone', 20).nullable();
    t.instant('created_at');
    t.int('version');
    t.unique('uq_member_staff_number', 'staff_number_key');
    t.index('ix_member_name', 'name_key');
  });
  m.table('membership', (t) => {
    t.id();
    t.ref('member_id', 'member');
    t.ref('unit_id', 'unit');
    t.choice('tree', trees);
    t.choice('standing', ['primary', 'additional']);
    t.code('type', 40).nullable();
    t.date('valid_from');
    t.date('valid_to').nullable();
    t.code('open_key', 80).nullable();
    t.unique('uq_membership_open', 'open_key');
    t.index('ix_membership_member', 'member_id', 'valid_from');
    t.index('ix_membership_unit', 'unit_id', 'valid_from');
  });
  m.table('transfer', (t) => {
    t.id();
    t.ref('member_id', 'member');
    t.choice('tree', trees);
    t.ref('from_unit_id', 'unit');
    t.ref('to_unit_id', 'unit');
    t.choice('state', ['started', 'accepted', 'cancelled']);
    t.date('started_on');
    t.date('ended_on').nullable();
    t.instant('ended_at').nullable();
    t.text('letter_number', 60).nullable();
    t.text('reason', 200);
    t.code('open_key', 80).nullable();
    t.instant('created_at');
    t.unique('uq_transfer_open', 'open_key');
    t.index('ix_transfer_member', 'member_id');
    t.index('ix_transfer_from', 'from_unit_id');
    t.index('ix_transfer_to', 'to_unit_id');
  });
  m.table('held_role', (t) => {
    t.id();
    t.ref('member_id', 'member');
    t.code('role', 40);
    t.ref('unit_id', 'unit');
    t.date('valid_from');
    t.date('valid_to').nullable();
    t.text('reason', 200);
    t.text('end_reason', 200).nullable();
    t.instant('created_at');
    t.index('ix_held_role_member', 'member_id');
    t.index('ix_held_role_unit', 'unit_id');
  });
  m.table('exemption', (t) => {
    t.id();
    t.ref('member_id', 'member');
    t.ref('unit_id', 'unit');
    t.code('reason', 40);
    t.text('note', 200).nullable();
    t.text('approved_by', 60);
    t.date('valid_from');
    t.date('valid_to').nullable();
    t.instant('created_at');
    t.index('ix_exemption_member', 'member_id');
    t.index('ix_exemption_unit', 'unit_id');
  });
});
