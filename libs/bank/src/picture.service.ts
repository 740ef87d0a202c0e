import { createHash } from 'node:crypto';
import { Injectable, Optional } from '@nestjs/common';
import type { PictureType, QuestionBody, QuestionPicture } from '@xuekao/contracts';
import { UnitOfWork, insertIgnore } from '@xuekao/database';
import { Access, AppClock, Outbox, currentActor, unwrap } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { PictureViewers } from './bank.ports.js';
import { withPictures } from './core/index.js';
import { checkedPicture } from './picture-check.js';
import { PictureStore, picturesOf } from './picture.store.js';
import { PictureRow } from './question.entity.js';

const refused = BankRefused.of;

/** Pictures by the hash of their bytes. */
@Injectable()
export class PictureService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: PictureStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
    @Optional() private readonly viewers?: PictureViewers,
  ) {}

  /** Stores the picture without what its camera tells. The same picture again is the same row. */
  async upload(bytes: Uint8Array | undefined): Promise<Omit<PictureRow, 'content'>> {
    if (!(await this.access.holds('bank.edit'))) throw new BankRefused('auth.forbidden', { permission: 'bank.edit' });
    if (!bytes || bytes.length === 0) throw new BankRefused('bank.picture.missing');
    const { bytes: clean, mediaType, width, height } = unwrap(checkedPicture(bytes), refused);
    const content = Buffer.from(clean).toString('base64');
    const id = createHash('sha256').update(clean).digest('hex');
    const about = { id, mediaType, bytes: clean.length, width, height };
    const row = { ...about, uploadedBy: currentActor().accountId, createdAt: this.clock.now() };
    await this.uow.run(async () => {
      const added = await insertIgnore(this.uow, PictureRow, { ...row, content });
      if (added === 0) return;
      const subject = { subjectType: 'question-picture', subjectId: id };
      await this.outbox.add({ type: 'bank.picture.added', ...subject, payload: { bytes: clean.length, mediaType } });
    });
    return row;
  }

  /**
   * Its bytes, for readers of the bank and for who answers a question that shows it; for all others there is no such
   * picture.
   */
  async read(id: string): Promise<{ readonly row: PictureRow; readonly bytes: Buffer }> {
    const row = await this.store.byId(id);
    if (!row || !(await this.maySee(id))) throw new BankRefused('resource.not-found', { id });
    return { row, bytes: Buffer.from(row.content, 'base64') };
  }

  /** The same for a lib that has settled itself who may see it; null for an unknown one. */
  async stored(id: string): Promise<{ readonly mediaType: PictureType; readonly content: Buffer } | null> {
    const row = await this.store.byId(id);
    return row && { mediaType: row.mediaType, content: Buffer.from(row.content, 'base64') };
  }

  /** The body with each picture as it is stored. Refuses 'bank.picture.unknown' and a picture without words. */
  async checked<T extends QuestionBody>(body: T): Promise<T> {
    const shown = picturesOf(body);
    if (shown.length === 0) return body;
    const sizes = await this.store.sizesOf(shown.map((picture) => picture.id));
    const stored = new Map(sizes.map((size) => [size.id, size]));
    return withPictures(body, ({ id, alt }) => {
      const found = stored.get(id);
      if (!found) throw new BankRefused('bank.picture.unknown', { id });
      if (alt.trim() === '') throw new BankRefused('bank.picture.alt-missing');
      return { id, alt: alt.trim(), width: found.width, height: found.height };
    });
  }

  /** Pictures of a material, checked alike. */
  async checkedList(pictures: readonly QuestionPicture[]): Promise<QuestionPicture[]> {
    const body = await this.checked({ type: 'blank', stem: '', blanks: 0, pictures } satisfies QuestionBody);
    return [...(body.pictures ?? [])];
  }

  private async maySee(id: string): Promise<boolean> {
    if (await this.access.holds('bank.read')) return true;
    const versionIds = await this.store.versionsShowing(id);
    return versionIds.length > 0 && this.viewers !== undefined && (await this.viewers.maySee(versionIds));
  }
}
