import { Injectable } from '@nestjs/common';
import { UnitOfWork, insertIgnore } from '@xuekao/database';
import { AppClock } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import type { CleanPicture } from '../core/index.js';
import { picturesIn } from '../formats/index.js';
import type { FilePicture, FileQuestion } from '../formats/index.js';
import { PictureStore } from '../picture.store.js';
import { PictureRow } from '../question.entity.js';
import { ImportBatchRow, ImportPictureRow } from './import.entity.js';

/** Pictures that imports bring: stored with the preview, so that it shows them, and gone with an undo where nothing else does. */
@Injectable()
export class ImportPictures {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: PictureStore,
    private readonly clock: AppClock,
  ) {}

  /** Each in a transaction of its own, for they are large; what the bank has already is only noted. */
  async keep(batch: ImportBatchRow, pictures: ReadonlyMap<string, CleanPicture>): Promise<void> {
    for (const [id, { mediaType, width, height, bytes }] of pictures) {
      const about = { id, mediaType, bytes: bytes.length, width, height, uploadedBy: batch.authorId };
      const content = Buffer.from(bytes).toString('base64');
      await this.uow.run(async () => {
        const row = { ...about, content, createdAt: this.clock.now() };
        const isNew = (await insertIgnore(this.uow, PictureRow, row)) > 0;
        await insertIgnore(this.uow, ImportPictureRow, { importId: batch.id, pictureId: id, isNew });
      });
    }
  }

  /** The question with each picture as it is stored. Refuses one that the bank has not got, and one without words. */
  async checked(question: FileQuestion): Promise<FileQuestion> {
    const shown = picturesIn(question).map((picture) => picture.id);
    if (shown.length === 0) return question;
    const stored = new Map((await this.store.sizesOf(shown)).map((about) => [about.id, about]));
    const of = ({ id, alt }: FilePicture): FilePicture => {
      const about = stored.get(id);
      if (!about) throw new BankRefused('bank.import.picture-unknown', { id });
      if (alt.trim() === '') throw new BankRefused('bank.picture.alt-missing');
      return { ...about, alt: alt.trim() };
    };
    const { material } = question;
    return {
      ...question,
      pictures: question.pictures.map(of),
      options: question.options.map(({ picture, ...option }) =>
        picture ? { ...option, picture: of(picture) } : option,
      ),
      material: material?.pictures ? { ...material, pictures: material.pictures.map(of) } : material,
    };
  }

  /**
   * Takes away what this import brought and nothing shows any more. Where another import brought it too, that one answers for
   * it from now on.
   */
  async dropUnused(importId: string): Promise<void> {
    const manager = this.uow.manager;
    const links = await manager.findBy(ImportPictureRow, { importId, isNew: true });
    for (const { pictureId } of links) {
      const other = await this.otherLink(importId, pictureId);
      if (!other && (await this.store.isUsed(pictureId))) continue;
      await manager.createQueryBuilder().delete().from(ImportPictureRow).where({ importId, pictureId }).execute();
      if (!other) await manager.createQueryBuilder().delete().from(PictureRow).where({ id: pictureId }).execute();
      else {
        const key = { importId: other.importId, pictureId };
        await manager.createQueryBuilder().update(ImportPictureRow).set({ isNew: true }).where(key).execute();
      }
    }
  }

  /** Of an import that still stands. */
  private async otherLink(importId: string, pictureId: string): Promise<ImportPictureRow | null> {
    return this.uow.manager
      .createQueryBuilder(ImportPictureRow, 'link')
      .innerJoin(ImportBatchRow, 'batch', 'batch.id = link.importId')
      .where("link.pictureId = :pictureId AND link.importId <> :importId AND batch.state NOT IN ('undone', 'failed')", {
        pictureId,
        importId,
      })
      .orderBy('link.importId')
      .getOne();
  }
}
