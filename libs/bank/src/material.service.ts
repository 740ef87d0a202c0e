import { Injectable } from '@nestjs/common';
import type { Page, QuestionMaterial, QuestionPicture } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { AppClock, Outbox, currentActor, decodeCursor, toPage } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { isQuestionCode } from './core/index.js';
import { MaterialStore } from './material.store.js';
import { PictureService } from './picture.service.js';
import { PictureStore } from './picture.store.js';
import { QuestionChanges } from './question-changes.js';
import type { MaterialRow, MaterialVersionRow, QuestionRow } from './question.entity.js';
import { materialOf } from './question.store.js';

export interface MaterialInput {
  readonly title: string;
  readonly topic: string;
  readonly text: string;
  readonly pictures?: readonly QuestionPicture[];
}

export interface MaterialDetail {
  readonly row: MaterialRow;
  readonly version: MaterialVersionRow;
  readonly questions: readonly QuestionRow[];
}

export const longestMaterial = 8000;

/** Materials of 材料题, with versions of their own. A new version is pinned by the next version of its questions. */
@Injectable()
export class MaterialService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MaterialStore,
    private readonly changes: QuestionChanges,
    private readonly pictures: PictureService,
    private readonly pictureStore: PictureStore,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async list({ q, cursor, limit }: { q?: string; cursor?: string; limit: number }): Promise<Page<MaterialRow>> {
    await this.changes.permit('bank.read');
    const after = decodeCursor(cursor)?.[0];
    const afterCode = typeof after === 'string' && isQuestionCode(after) ? after : undefined;
    const { rows, total } = await this.store.page(q, limit, afterCode);
    return toPage(rows, limit, total, (last) => [last.code]);
  }

  async get(id: string): Promise<MaterialDetail> {
    await this.changes.permit('bank.read');
    const row = await this.existing(id);
    return { row, version: await this.headOf(row), questions: await this.store.questionsOf(id) };
  }

  async create(code: string, input: MaterialInput): Promise<MaterialRow> {
    await this.changes.permit('bank.edit');
    if (!isQuestionCode(code)) throw new BankRefused('bank.question.code-malformed', { code });
    const now = this.clock.now();
    const id = newId(now);
    const version = await this.versionOf(id, 1, input);
    const row: MaterialRow = {
      id,
      code,
      title: version.title,
      topic: input.topic.trim(),
      headVersionId: version.id,
      createdAt: now,
      updatedAt: now,
      version: 1,
    };
    try {
      await this.uow.run(async () => {
        await this.store.add(row, version);
        await this.pictureStore.noteUses([{ versionId: version.id, pictures: version.pictures }]);
        await this.tell('bank.material.created', row, version.id, 0);
      });
    } catch (error) {
      if (error instanceof UniqueViolation) throw new BankRefused('bank.material.code-taken', { code });
      throw error;
    }
    return row;
  }

  /**
   * A new version of the text, and a new draft of each question in use that asks about it: they are reviewed and published
   * again. What pins the old ones keeps both.
   */
  async edit(id: string, version: number, input: MaterialInput): Promise<MaterialDetail> {
    await this.changes.permit('bank.edit');
    return this.uow.run(async () => {
      const row = await this.existing(id);
      const head = await this.headOf(row);
      const next = await this.versionOf(id, head.number + 1, input);
      const change = {
        title: next.title,
        topic: input.topic.trim(),
        headVersionId: next.id,
        updatedAt: this.clock.now(),
      };
      if (!(await this.store.change(id, version, change))) throw new BankRefused('resource.conflict');
      await this.store.addVersion(next);
      await this.pictureStore.noteUses([{ versionId: next.id, pictures: next.pictures }]);
      const questions: QuestionRow[] = [];
      for (const question of await this.store.questionsOf(id)) {
        questions.push(await this.changes.repin(question, materialOf(next), currentActor().accountId));
      }
      const changed = { ...row, ...change, version: version + 1 };
      await this.tell('bank.material.edited', changed, next.id, questions.length);
      return { row: changed, version: next, questions };
    });
  }

  /** The newest version, as a question pins it. Refuses 'bank.material.unknown'. */
  async newest(id: string): Promise<QuestionMaterial> {
    const row = await this.store.byId(id);
    if (!row) throw new BankRefused('bank.material.unknown', { id });
    return materialOf(await this.headOf(row));
  }

  /** The place after the last question of the material. */
  async nextPlace(id: string): Promise<number> {
    return 1 + Math.max(0, ...(await this.store.questionsOf(id)).map((question) => question.materialPlace ?? 0));
  }

  private async versionOf(materialId: string, number: number, input: MaterialInput): Promise<MaterialVersionRow> {
    const body = input.text.trim();
    const length = [...body].length;
    if (length === 0 && !input.pictures?.length) throw new BankRefused('bank.material.text-missing');
    if (length > longestMaterial) throw new BankRefused('bank.material.too-long', { length, limit: longestMaterial });
    const pictures = await this.pictures.checkedList(input.pictures ?? []);
    const createdAt = this.clock.now();
    const about = { id: newId(createdAt), materialId, number, title: input.title.trim(), body, pictures };
    return { ...about, authorId: currentActor().accountId, createdAt };
  }

  private async existing(id: string): Promise<MaterialRow> {
    const row = await this.store.byId(id);
    if (!row) throw new BankRefused('resource.not-found', { id });
    return row;
  }

  private async headOf(row: MaterialRow): Promise<MaterialVersionRow> {
    const version = await this.store.versionById(row.headVersionId);
    if (!version) throw new Error(`Material ${row.id} has lost its version ${row.headVersionId}`);
    return version;
  }

  private tell(type: string, row: MaterialRow, versionId: string, questions: number): Promise<void> {
    const payload = { code: row.code, versionId, questions };
    return this.outbox.add({ type, subjectType: 'question-material', subjectId: row.id, payload });
  }
}
