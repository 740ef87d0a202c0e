import { defineMigration } from '../schema.js';

export const bankFormats0013 = defineMigration(13, 'bank-formats', (m) => {
  m.table('question_import', (t) => {
    t.id();
    t.choice('state', ['reading', 'preview', 'committing', 'committed', 'undoing', 'undone', 'failed']);
    t.code('format', 20);
    t.text('file_name', 200);
    t.code('file_hash', 64);
    t.text('topic', 60);
    t.int('difficulty');
    t.choice('mode', ['all-or-nothing', 'good-only']).nullable();
    t.int('done');
    t.int('expected');
    t.json('failure').nullable();
    t.json('unread');
    t.ref('author_id');
    t.instant('created_at');
    t.instant('updated_at');
    t.instant('committed_at').nullable();
    t.instant('undone_at').nullable();
    t.int('version');
    t.index('ix_question_import_created', 'created_at');
  });
  m.table('question_import_part', (t) => {
    t.ref('import_id', 'question_import');
    t.int('number');
    t.longText('content');
    t.primary('import_id', 'number');
  });
  m.table('question_import_picture', (t) => {
    t.ref('import_id', 'question_import');
    t.code('picture_id', 64);
    t.flag('is_new');
    t.primary('import_id', 'picture_id');
    t.index('ix_question_import_picture', 'picture_id');
  });
  m.table('question_import_row', (t) => {
    t.ref('import_id', 'question_import');
    t.int('number');
    t.choice('state', [
      'good',
      'unclear',
      'faulty',
      'known',
      'repeated',
      'conflict',
      'skipped',
      'imported',
      'undone',
      'kept',
    ]);
    t.text('label', 200);
    t.json('place');
    t.json('draft').nullable();
    t.json('faults');
    t.json('guesses');
    t.json('twins');
    t.longText('raw');
    t.code('stem_hash', 64).nullable();
    t.code('content_hash', 64).nullable();
    t.ref('question_id').nullable();
    t.primary('import_id', 'number');
    t.index('ix_question_import_row_state', 'import_id', 'state');
    t.index('ix_question_import_row_content', 'content_hash');
    t.index('ix_question_import_row_question', 'question_id');
  });
});
