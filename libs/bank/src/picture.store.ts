import { Injectable } from '@nestjs/common';
import type { QuestionBody, QuestionPicture } from '@xuekao/contracts';
import { UnitOfWork, insertRows } from '@xuekao/database';
import { In } from 'typeorm';
import { withPictures } from './core/index.js';
import { PictureRow, PictureUseRow, QuestionVersionRow } from './question.entity.js';

@Injectable()
export class PictureStore {
  constructor(private readonly uow: UnitOfWork) {}

  async byId(id: string): Promise<PictureRow | null> {
    return /^[0-9a-f]{64}$/.test(id) ? this.uow.manager.findOneBy(PictureRow, { id }) : null;
  }

  async byIds(ids: readonly string[]): Promise<PictureRow[]> {
    const known = [...new Set(ids)].filter((id) => /^[0-9a-f]{64}$/.test(id));
    const found: PictureRow[] = [];
    // Few at a time: each may have megabytes.
    for (let at = 0; at < known.length; at += 20) {
      found.push(...(await this.uow.manager.findBy(PictureRow, { id: In(known.slice(at, at + 20)) })));
    }
    return found;
  }

  /** Whether a version of a question or of a material shows it. */
  async isUsed(pictureId: string): Promise<boolean> {
    return (await this.uow.manager.countBy(PictureUseRow, { pictureId })) > 0;
  }

  async forgetUses(versionIds: readonly string[]): Promise<void> {
    if (versionIds.length === 0) return;
    const query = this.uow.manager.createQueryBuilder().delete().from(PictureUseRow);
    await query.where('version_id IN (:...versionIds)', { versionIds }).execute();
  }

  /** Without the bytes; unknown ids are missing. */
  async sizesOf(ids: readonly string[]): Promise<Pick<PictureRow, 'id' | 'mediaType' | 'width' | 'height'>[]> {
    const known = [...new Set(ids)].filter((id) => /^[0-9a-f]{64}$/.test(id));
    if (known.length === 0) return [];
    return this.uow.manager.find(PictureRow, {
      select: { id: true, mediaType: true, width: true, height: true },
      where: { id: In(known) },
    });
  }

  /** Notes which version shows which pictures; a material's version is noted for itself. */
  async noteUses(
    uses: readonly { readonly versionId: string; readonly pictures: readonly QuestionPicture[] }[],
  ): Promise<void> {
    const rows = uses.flatMap(({ versionId, pictures }) =>
      [...new Set(pictures.map((picture) => picture.id))].map((pictureId) => ({ pictureId, versionId })),
    );
    await insertRows(this.uow, PictureUseRow, rows);
  }

  /** Question versions that show the picture, themselves or in the material that they pin. */
  async versionsShowing(pictureId: string): Promise<string[]> {
    const uses = await this.uow.manager.findBy(PictureUseRow, { pictureId });
    const ids = uses.map((use) => use.versionId);
    if (ids.length === 0) return [];
    const pinning = await this.uow.manager.find(QuestionVersionRow, {
      select: { id: true },
      where: { materialVersionId: In(ids) },
    });
    return [...ids, ...pinning.map((version) => version.id)];
  }
}

export function picturesOf(body: QuestionBody): QuestionPicture[] {
  const found: QuestionPicture[] = [];
  withPictures(body, (picture) => {
    found.push(picture);
    return picture;
  });
  return found;
}
