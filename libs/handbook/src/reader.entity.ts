import { Code, DateColumn, Id, InstantColumn, Int, LongText, Ref, Text } from '@xuekao/database';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { Entity, Index } from 'typeorm';
import { EntryEntity } from './handbook.entity.js';

/** That a member has read an entry; the period is that of the first reading. */
@Entity('handbook_reading')
@Index('ix_handbook_reading_entry', ['entryId', 'memberId'])
export class ReadingEntity {
  @Ref(null, { primary: true }) memberId!: string;
  @Ref(() => EntryEntity, { primary: true }) entryId!: string;
  /** The version that was read last. */
  @Int() versionNumber!: number;
  @InstantColumn() firstReadAt!: Instant;
  @InstantColumn() lastReadAt!: Instant;
  @Int() readCount!: number;
  @Int() seconds!: number;
  @DateColumn() localDate!: CivilDate;
  @Code(8) isoWeek!: string;
  @Int() year!: number;
}

/** Where a member stopped, for all his devices. */
@Entity('handbook_position')
export class PositionEntity {
  @Ref(null, { primary: true }) memberId!: string;
  @Ref(() => EntryEntity) entryId!: string;
  @Int() scrollPermille!: number;
  @InstantColumn() at!: Instant;
}

@Entity('handbook_favourite')
export class FavouriteEntity {
  @Ref(null, { primary: true }) memberId!: string;
  @Ref(() => EntryEntity, { primary: true }) entryId!: string;
  @InstantColumn() createdAt!: Instant;
}

/** A member's private words on an entry; `quote` is the passage they hang on. */
@Entity('handbook_note')
@Index('ix_handbook_note_member', ['memberId', 'entryId'])
export class NoteEntity {
  @Id() id!: string;
  @Ref() memberId!: string;
  @Ref(() => EntryEntity) entryId!: string;
  @Int() versionNumber!: number;
  @Text(500, { nullable: true }) quote!: string | null;
  @LongText() text!: string;
  @InstantColumn() createdAt!: Instant;
  @InstantColumn() updatedAt!: Instant;
  @Int() version!: number;
}
