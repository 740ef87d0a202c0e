import { Code, DateColumn, Flag, Id, InstantColumn, Int, Json, Key, LongText, Ref, Text } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';

/** A published edition; the last published one is current. */
@Entity('handbook_edition')
@Unique('uq_handbook_edition_code', ['codeKey'])
@Index('ix_handbook_edition_published', ['publishedAt', 'id'])
export class EditionEntity {
  @Id() id!: string;
  @Text(120) code!: string;
  @Key(120) codeKey!: string;
  @Text(120) title!: string;
  @LongText() preface!: string;
  /** SHA-256 of the content as it was imported. */
  @Code(64) checksum!: string;
  @InstantColumn() publishedAt!: Instant;
}

@Entity('handbook_chapter')
@Unique('uq_handbook_chapter_number', ['editionId', 'number'])
export class ChapterEntity {
  @Id() id!: string;
  @Ref(() => EditionEntity) editionId!: string;
  @Int() number!: number;
  @Text(120) title!: string;
  @Text(500) summary!: string;
}

/** A question that keeps its key through all editions. */
@Entity('handbook_entry')
@Unique('uq_handbook_entry_key', ['key'])
@Index('ix_handbook_entry_position', ['isWithdrawn', 'position'])
export class EntryEntity {
  @Id() id!: string;
  @Code(32, { name: 'entry_key' }) key!: string;
  @Ref(() => ChapterEntity) chapterId!: string;
  /** Place in the whole handbook, from 0. */
  @Int() position!: number;
  @Int() versionNumber!: number;
  @Code(64) versionHash!: string;
  @Flag() isWithdrawn!: boolean;
}

/** The words of an entry; a version never changes. */
@Entity('handbook_entry_version')
export class EntryVersionEntity {
  @Ref(() => EntryEntity, { primary: true }) entryId!: string;
  @Int({ primary: true }) number!: number;
  @Ref(() => EditionEntity) editionId!: string;
  @Text(200) question!: string;
  @LongText() answer!: string;
  @Json() facts!: readonly string[];
  @Text(200) sourceDocument!: string;
  @Text(200) sourceArticle!: string;
  @Code(20) documentVersion!: string;
  @DateColumn() validFrom!: string;
  @DateColumn({ nullable: true }) validTo!: string | null;
  @Json() keywords!: readonly string[];
  @Json() related!: readonly string[];
  @InstantColumn() createdAt!: Instant;
}
