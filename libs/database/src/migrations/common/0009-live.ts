import { defineMigration } from '../schema.js';

export const live0009 = defineMigration(9, 'live', (m) => {
  m.table('question_set', (t) => {
    t.id();
    t.ref('unit_id');
    t.text('title', 120);
    t.int('version');
    t.ref('created_by');
    t.instant('created_at');
    t.instant('updated_at');
    t.index('ix_question_set_unit', 'unit_id', 'updated_at');
  });
  m.table('question_set_item', (t) => {
    t.ref('set_id', 'question_set');
    t.int('number');
    t.ref('question_version_id');
    t.primary('set_id', 'number');
  });
  m.table('contest', (t) => {
    t.id();
    t.choice('kind', ['quiz', 'stage']);
    t.ref('set_id', 'question_set').nullable();
    t.ref('unit_id');
    t.text('title', 120);
    t.code('code', 6).nullable();
    t.flag('is_rehearsal');
    t.ref('rehearsal_of').nullable();
    t.int('questions');
    t.json('options');
    t.ref('created_by');
    t.text('host_name', 80);
    t.instant('created_at');
    t.instant('ended_at').nullable();
    t.unique('uq_contest_code', 'code');
    t.index('ix_contest_unit', 'unit_id', 'created_at');
    t.index('ix_contest_set', 'set_id');
    t.index('ix_contest_rehearsal', 'rehearsal_of');
  });
  m.table('contest_result', (t) => {
    t.ref('contest_id', 'contest');
    t.int('seat');
    t.ref('member_id');
    t.text('member_name', 80);
    t.ref('unit_id');
    t.text('unit_name', 120);
    t.int('points');
    t.int('correct');
    t.int('answered');
    t.int('scoring_ms');
    t.int('place').nullable();
    t.instant('ended_at');
    t.date('local_date');
    t.code('iso_week', 8);
    t.int('year');
    t.primary('contest_id', 'seat');
    t.index('ix_contest_result_member', 'member_id', 'ended_at');
    t.index('ix_contest_result_unit', 'unit_id', 'local_date');
  });
  m.table('contest_unit', (t) => {
    t.ref('contest_id', 'contest');
    t.int('number');
    t.ref('unit_id');
    t.text('unit_name', 120);
    t.int('mean_points');
    t.int('participants');
    t.int('roll');
    t.int('place').nullable();
    t.primary('contest_id', 'number');
    t.index('ix_contest_unit_unit', 'unit_id');
  });
});
