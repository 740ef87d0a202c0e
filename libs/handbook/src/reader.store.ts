import { Injectable } from '@nestjs/common';
import { forUpdate, insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import { EntryEntity } from './handbook.entity.js';
import { FavouriteEntity, NoteEntity, PositionEntity, ReadingEntity } from './reader.entity.js';

/** How far one member has read in the current entries. */
export interface ReaderProgress {
  readonly memberId: string;
  readonly entriesRead: number;
  readonly lastReadAt: number;
}

/** What members did with the handbook. */
@Injectable()
export class ReaderStore {
  constructor(private readonly uow: UnitOfWork) {}

  readingsOf(memberId: string): Promise<ReadingEntity[]> {
    return this.uow.manager.findBy(ReadingEntity, { memberId });
  }

  readingOf(memberId: string, entryId: string): Promise<ReadingEntity | null> {
    return this.uow.manager.findOneBy(ReadingEntity, { memberId, entryId });
  }

  readingForUpdate(memberId: string, entryId: string): Promise<ReadingEntity | null> {
    const query = this.uow.manager
      .createQueryBuilder(ReadingEntity, 'reading')
      .where('reading.memberId = :memberId AND reading.entryId = :entryId', { memberId, entryId });
    return forUpdate(query, this.uow).getOne();
  }

  /** False where another request was first. */
  async insertReading(reading: ReadingEntity): Promise<boolean> {
    return (await insertIgnore(this.uow, ReadingEntity, reading)) === 1;
  }

  async updateReading({ memberId, entryId, ...values }: ReadingEntity): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ReadingEntity)
      .set(values)
      .where({ memberId, entryId })
      .execute();
  }

  positionOf(memberId: string): Promise<PositionEntity | null> {
    return this.uow.manager.findOneBy(PositionEntity, { memberId });
  }

  async keepPosition(position: PositionEntity): Promise<void> {
    if (await this.movePosition(position)) return;
    const isFirst = (await insertIgnore(this.uow, PositionEntity, position)) === 1;
    if (!isFirst) await this.movePosition(position);
  }

  private async movePosition({ memberId, ...values }: PositionEntity): Promise<boolean> {
    const query = this.uow.manager.createQueryBuilder().update(PositionEntity).set(values).where({ memberId });
    return (await query.execute()).affected === 1;
  }

  favouritesOf(memberId: string): Promise<FavouriteEntity[]> {
    return this.uow.manager.find(FavouriteEntity, {
      where: { memberId },
      order: { createdAt: 'DESC', entryId: 'ASC' },
    });
  }

  async addFavourite(favourite: FavouriteEntity): Promise<void> {
    await insertIgnore(this.uow, FavouriteEntity, favourite);
  }

  async removeFavourite(memberId: string, entryId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(FavouriteEntity).where({ memberId, entryId }).execute();
  }

  notesOf(memberId: string, entryId?: string): Promise<NoteEntity[]> {
    const where = entryId ? { memberId, entryId } : { memberId };
    return this.uow.manager.find(NoteEntity, { where, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  async insertNote(note: NoteEntity): Promise<void> {
    await insertRows(this.uow, NoteEntity, [note]);
  }

  note(memberId: string, id: string): Promise<NoteEntity | null> {
    return this.uow.manager.findOneBy(NoteEntity, { id, memberId });
  }

  /** False where the note has moved on from `version`. */
  async updateNote(note: NoteEntity, version: number): Promise<boolean> {
    const { id, memberId, text, updatedAt } = note;
    const result = await this.uow.manager
      .createQueryBuilder()
      .update(NoteEntity)
      .set({ text, updatedAt, version: version + 1 })
      .where({ id, memberId, version })
      .execute();
    return result.affected === 1;
  }

  async removeNote(memberId: string, id: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(NoteEntity).where({ id, memberId }).execute();
  }

  /** Members who have read any entry of the current edition, up to an instant where one is given. */
  async progress(until: number | null): Promise<ReaderProgress[]> {
    const query = this.uow.manager
      .createQueryBuilder(ReadingEntity, 'reading')
      .innerJoin(EntryEntity, 'entry', 'entry.id = reading.entryId AND entry.isWithdrawn = :isWithdrawn', {
        isWithdrawn: 0,
      })
      .select('reading.memberId', 'memberId')
      .addSelect('COUNT(*)', 'entriesRead')
      .addSelect('MAX(reading.lastReadAt)', 'lastReadAt')
      .groupBy('reading.memberId');
    if (until !== null) query.where('reading.firstReadAt <= :until', { until });
    const rows = await query.getRawMany<Record<keyof ReaderProgress, string>>();
    return rows.map((row) => ({
      memberId: row.memberId,
      entriesRead: Number(row.entriesRead),
      lastReadAt: Number(row.lastReadAt),
    }));
  }
}
