import { defineMigration } from '../schema.js';

export const liveStage0017 = defineMigration(17, 'live-stage', (m) => {
  m.table('stage_sheet', (t) => {
    t.id();
    t.ref('unit_id');
    t.text('name', 60);
    t.json('sheet');
    t.int('version');
    t.ref('created_by');
    t.instant('created_at');
    t.instant('updated_at');
    t.index('ix_stage_sheet_unit', 'unit_id', 'updated_at');
  });
  m.table('stage_contest', (t) => {
    t.ref('contest_id', 'contest');
    t.code('sheet_id', 36);
    t.json('sheet');
    t.primary('contest_id');
    t.index('ix_stage_contest_sheet', 'sheet_id');
  });
  m.table('stage_team', (t) => {
    t.ref('contest_id', 'contest');
    t.int('team');
    t.text('name', 60);
    t.int('score').nullable();
    t.int('place').nullable();
    t.int('right_answers').nullable();
    t.int('wrong_answers').nullable();
    t.primary('contest_id', 'team');
  });
  m.table('stage_member', (t) => {
    t.ref('contest_id', 'contest');
    t.ref('member_id');
    t.int('team');
    t.int('position');
    t.choice('role', ['captain', 'member', 'substitute']);
    t.text('name', 80);
    t.ref('unit_id');
    t.text('unit_name', 120);
    t.primary('contest_id', 'member_id');
    t.index('ix_stage_member_member', 'member_id');
  });
  m.table('stage_question', (t) => {
    t.ref('contest_id', 'contest');
    t.code('round', 32);
    t.int('pile');
    t.int('number');
    t.ref('question_version_id');
    t.primary('contest_id', 'round', 'pile', 'number');
  });
  m.table('stage_judge', (t) => {
    t.ref('contest_id', 'contest');
    t.ref('account_id');
    t.primary('contest_id', 'account_id');
  });
});
