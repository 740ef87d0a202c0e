import { defineMigration } from '../schema.js';

export const report0011 = defineMigration(11, 'report', (m) => {
  m.table('report', (t) => {
    t.id();
    t.int('year');
    t.ref('unit_id');
    t.ref('author_member_id').nullable();
    t.text('title', 120);
    t.text('signature', 120);
    t.date('signed_on').nullable();
    t.int('threshold');
    t.choice('state', ['draft', 'final']);
    t.instant('created_at');
    t.instant('finalised_at').nullable();
    t.int('version');
    t.unique('uq_report_year_unit', 'year', 'unit_id');
    t.index('ix_report_unit', 'unit_id');
  });
  m.table('report_section', (t) => {
    t.ref('report_id', 'report');
    t.code('section', 40);
    t.text('heading', 200);
    t.longText('text');
    t.json('omitted');
    t.text('written_by', 80);
    t.instant('written_at');
    t.int('version');
    t.primary('report_id', 'section');
  });
  m.table('report_frozen', (t) => {
    t.ref('report_id', 'report');
    t.longText('payload');
    t.code('checksum', 64);
    t.text('frozen_by', 80);
    t.instant('frozen_at');
    t.primary('report_id');
  });
});
