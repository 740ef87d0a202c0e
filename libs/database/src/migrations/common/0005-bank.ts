import { defineMigration } from '../schema.js';

const questionTypes = ['single', 'multiple', 'true-false', 'blank', 'short-answer', 'ordering', 'matching'];

export const bank0005 = defineMigration(5, 'bank', (m) => {
  m.table('question_material', (t) => {
    t.id();
    t.code('code', 64);
    t.text('title', 120);
    t.text('topic', 60);
    t.ref('head_version_id');
    t.instant('created_at');
    t.instant('updated_at');
    t.int('version');
    t.unique('uq_question_material_code', 'code');
  });
  m.table('question_material_version', (t) => {
    t.id();
    t.ref('material_id', 'question_material');
    t.int('number');
    t.text('title', 120);
    t.longText('body');
    t.json('pictures');
    t.ref('author_id').nullable();
    t.instant('created_at');
    t.unique('uq_question_material_version_number', 'material_id', 'number');
  });
  m.table('question', (t) => {
    t.id();
    t.code('code', 64);
    t.choice('type', questionTypes);
    t.text('topic', 60);
    t.int('difficulty');
    t.int('suggested_marks').nullable();
    t.code('fact_id', 64).nullable();
    t.code('entry_key', 64).nullable();
    t.int('entry_version').nullable();
    t.choice('state', ['draft', 'reviewed', 'published']);
    t.ref('head_version_id');
    t.ref('published_version_id').nullable();
    t.ref('author_id').nullable();
    t.ref('reviewer_id').nullable();
    t.ref('material_id', 'question_material').nullable();
    t.int('material_place').nullable();
    t.instant('retired_at').nullable();
    t.text('retired_reason', 200).nullable();
    t.instant('recheck_since').nullable();
    t.choice('recheck_reason', ['entry-changed', 'entry-withdrawn']).nullable();
    t.text('recheck_note', 200).nullable();
    t.code('stem_hash', 64);
    t.longText('stem_text');
    t.instant('created_at');
    t.instant('updated_at');
    t.int('version');
    t.unique('uq_question_code', 'code');
    t.index('ix_question_stem', 'stem_hash');
    t.index('ix_question_kind', 'type', 'difficulty');
    t.index('ix_question_published', 'published_version_id');
    t.index('ix_question_material', 'material_id', 'material_place');
    t.index('ix_question_entry', 'entry_key');
    t.index('ix_question_recheck', 'recheck_since');
  });
  m.table('question_version', (t) => {
    t.id();
    t.ref('question_id', 'question');
    t.int('number');
    t.json('body');
    t.ref('material_version_id', 'question_material_version').nullable();
    t.code('content_hash', 64);
    t.ref('author_id').nullable();
    t.instant('created_at');
    t.unique('uq_question_version_number', 'question_id', 'number');
  });
  m.table('question_key', (t) => {
    t.ref('version_id', 'question_version');
    t.json('answer_key');
    t.longText('explanation');
    t.text('source', 200);
    t.primary('version_id');
  });
  m.table('question_twin', (t) => {
    t.ref('first_id', 'question');
    t.ref('second_id', 'question');
    t.choice('decision', ['keep', 'merged']);
    t.text('reason', 200).nullable();
    t.ref('decided_by').nullable();
    t.instant('decided_at');
    t.primary('first_id', 'second_id');
  });
  m.table('question_picture', (t) => {
    t.code('id', 64);
    t.choice('media_type', ['image/png', 'image/jpeg', 'image/webp']);
    t.int('bytes');
    t.int('width');
    t.int('height');
    t.longText('content');
    t.ref('uploaded_by').nullable();
    t.instant('created_at');
    t.primary('id');
  });
  m.table('question_picture_use', (t) => {
    t.code('picture_id', 64);
    t.ref('version_id');
    t.primary('picture_id', 'version_id');
  });
});
