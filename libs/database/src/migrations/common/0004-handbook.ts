import { defineMigration } from '../schema.js';

export const handbook0004 = defineMigration(4, 'handbook', (m) => {
  m.table('handbook_edition', (t) => {
    t.id();
    t.text('code', 120);
    t.key('code_key', 120);
    t.text('title', 120);
    t.longText('preface');
    t.code('checksum', 64);
    t.instant('published_at');
    t.unique('uq_handbook_edition_code', 'code_key');
    t.index('ix_handbook_edition_published', 'published_at', 'id');
  });
  m.table('handbook_chapter', (t) => {
    t.id();
    t.ref('edition_id', 'handbook_edition');
    t.int('number');
    t.text('title', 120);
    t.text('summary', 500);
    t.unique('uq_handbook_chapter_number', 'edition_id', 'number');
  });
  m.table('handbook_entry', (t) => {
    t.id();
    t.code('entry_key', 32);
    t.ref('chapter_id', 'handbook_chapter');
    t.int('position');
    t.int('version_number');
    t.code('version_hash', 64);
    t.flag('is_withdrawn');
    t.unique('uq_handbook_entry_key', 'entry_key');
    t.index('ix_handbook_entry_position', 'is_withdrawn', 'position');
  });
  m.table('handbook_entry_version', (t) => {
    t.ref('entry_id', 'handbook_entry');
    t.int('number');
    t.ref('edition_id', 'handbook_edition');
    t.text('question', 200);
    t.longText('answer');
    t.json('facts');
    t.text('source_document', 200);
    t.text('source_article', 200);
    t.code('document_version', 20);
    t.date('valid_from');
    t.date('valid_to').nullable();
    t.json('keywords');
    t.json('related');
    t.instant('created_at');
    t.primary('entry_id', 'number');
  });
  m.table('handbook_reading', (t) => {
    t.ref('member_id');
    t.ref('entry_id', 'handbook_entry');
    t.int('version_number');
    t.instant('first_read_at');
    t.instant('last_read_at');
    t.int('read_count');
    t.int('seconds');
    t.date('local_date');
    t.code('iso_week', 8);
    t.int('year');
    t.primary('member_id', 'entry_id');
    t.index('ix_handbook_reading_entry', 'entry_id', 'member_id');
  });
  m.table('handbook_position', (t) => {
    t.ref('member_id');
    t.ref('entry_id', 'handbook_entry');
    t.int('scroll_permille');
    t.instant('at');
    t.primary('member_id');
  });
  m.table('handbook_favourite', (t) => {
    t.ref('member_id');
    t.ref('entry_id', 'handbook_entry');
    t.instant('created_at');
    t.primary('member_id', 'entry_id');
  });
  m.table('handbook_note', (t) => {
    t.id();
    t.ref('member_id');
    t.ref('entry_id', 'handbook_entry');
    t.int('version_number');
    t.text('quote', 500).nullable();
    t.longText('text');
    t.instant('created_at');
    t.instant('updated_at');
    t.int('version');
    t.index('ix_handbook_note_member', 'member_id', 'entry_id');
  });
});
