import { Injectable } from '@nestjs/common';
import { insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import { ChapterEntity, EditionEntity, EntryEntity, EntryVersionEntity } from './handbook.entity.js';

/** The text of the handbook: editions, chapters, entries and their versions. */
@Injectable()
export class HandbookStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** The edition published last, or null before the first import. */
  currentEdition(): Promise<EditionEntity | null> {
    return this.uow.manager
      .createQueryBuilder(EditionEntity, 'edition')
      .orderBy('edition.publishedAt', 'DESC')
      .addOrderBy('edition.id', 'DESC')
      .limit(1)
      .getOne();
  }

  editionByCode(codeKey: string): Promise<EditionEntity | null> {
    return this.uow.manager.findOneBy(EditionEntity, { codeKey });
  }

  async insertEdition(edition: EditionEntity): Promise<void> {
    await insertRows(this.uow, EditionEntity, [edition]);
  }

  async updateEdition({ id, ...values }: EditionEntity): Promise<void> {
    await this.uow.manager.createQueryBuilder().update(EditionEntity).set(values).where({ id }).execute();
  }

  chaptersOf(editionId: string): Promise<ChapterEntity[]> {
    return this.uow.manager.find(ChapterEntity, { where: { editionId }, order: { number: 'ASC' } });
  }

  /** New chapters are added, known ones (by number) take the new words; a chapter without entries is harmless. */
  async keepChapter(chapter: ChapterEntity): Promise<void> {
    if ((await insertIgnore(this.uow, ChapterEntity, chapter)) === 1) return;
    const { editionId, number, title, summary } = chapter;
    const set = { title, summary };
    await this.uow.manager.createQueryBuilder().update(ChapterEntity).set(set).where({ editionId, number }).execute();
  }

  /** All entries, the withdrawn too, in the order of the handbook. */
  entries(): Promise<EntryEntity[]> {
    return this.uow.manager.find(EntryEntity, { order: { position: 'ASC', id: 'ASC' } });
  }

  /** The current version of every entry that is not withdrawn. */
  currentVersions(): Promise<EntryVersionEntity[]> {
    return this.uow.manager
      .createQueryBuilder(EntryVersionEntity, 'version')
      .innerJoin(EntryEntity, 'entry', 'entry.id = version.entryId AND entry.versionNumber = version.number')
      .where('entry.isWithdrawn = :isWithdrawn', { isWithdrawn: 0 })
      .getMany();
  }

  /** All versions of an entry, the first one first. */
  versionsOf(entryId: string): Promise<EntryVersionEntity[]> {
    return this.uow.manager.find(EntryVersionEntity, { where: { entryId }, order: { number: 'ASC' } });
  }

  entryByKey(key: string): Promise<EntryEntity | null> {
    return this.uow.manager.findOneBy(EntryEntity, { key });
  }

  async insertEntries(entries: readonly EntryEntity[]): Promise<void> {
    await insertRows(this.uow, EntryEntity, entries);
  }

  async updateEntry({ id, ...values }: EntryEntity): Promise<void> {
    await this.uow.manager.createQueryBuilder().update(EntryEntity).set(values).where({ id }).execute();
  }

  async insertVersions(versions: readonly EntryVersionEntity[]): Promise<void> {
    await insertRows(this.uow, EntryVersionEntity, versions);
  }
}
