import { Injectable } from '@nestjs/common';
import type { ImportRowState, ImportState, QuestionPicture } from '@xuekao/contracts';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { PictureStore } from '../picture.store.js';
import {
  MaterialRow,
  MaterialVersionRow,
  QuestionKeyRow,
  QuestionRow,
  QuestionVersionRow,
} from '../question.entity.js';
import { ImportBatchRow, ImportPartRow, ImportQuestionRow } from './import.entity.js';

const partSigns = 512 * 1024;

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

export type StateCounts = Readonly<Partial<Record<ImportRowState, number>>>;

export interface ImportFilter {
  readonly state?: ImportState | undefined;
  /** In the name of the file. */
  readonly q?: string | undefined;
}

export interface KnownMaterial {
  readonly material: MaterialRow;
  readonly body: string;
  readonly pictures: readonly QuestionPicture[];
}

/** Every query of imports. */
@Injectable()
export class ImportStore {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pictures: PictureStore,
  ) {}

  async add(batch: ImportBatchRow): Promise<void> {
    await insertRows(this.uow, ImportBatchRow, [batch]);
  }

  async keepFile(importId: string, bytes: Uint8Array): Promise<void> {
    const text = Buffer.from(bytes).toString('base64');
    const count = Math.ceil(text.length / partSigns);
    for (let number = 0; number < count; number++) {
      const content = text.slice(number * partSigns, (number + 1) * partSigns);
      await insertRows(this.uow, ImportPartRow, [{ importId, number, content }]);
    }
  }

  async fileOf(importId: string): Promise<Buffer> {
    const parts = await this.uow.manager.find(ImportPartRow, { where: { importId }, order: { number: 'ASC' } });
    return Buffer.from(parts.map((part) => part.content).join(''), 'base64');
  }

  async dropFile(importId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(ImportPartRow).where({ importId }).execute();
  }

  async byId(id: string): Promise<ImportBatchRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(ImportBatchRow, { id }) : null;
  }

  async byIdForUpdate(id: string): Promise<ImportBatchRow | null> {
    if (!isId(id)) return null;
    return forUpdate(this.uow.manager.createQueryBuilder(ImportBatchRow, 'batch').where({ id }), this.uow).getOne();
  }

  /** The newest first, before the one of `after`; one more than `limit` where there is a next page. */
  async page(
    { state, q = '' }: ImportFilter,
    limit: number,
    after?: string,
  ): Promise<{ rows: ImportBatchRow[]; total: number }> {
    const query = this.uow.manager.createQueryBuilder(ImportBatchRow, 'batch').where('1 = 1');
    if (state !== undefined) query.andWhere('batch.state = :state', { state });
    if (q.trim() !== '') query.andWhere("batch.fileName LIKE :q ESCAPE '!'", { q: likePattern(q.trim()) });
    const total = await query.getCount();
    if (after !== undefined) query.andWhere('batch.id < :after', { after });
    const newest = query.orderBy('batch.id', 'DESC').limit(limit + 1);
    return { rows: await newest.getMany(), total };
  }

  async change(id: string, change: Partial<ImportBatchRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ImportBatchRow)
      .set({ ...change, version: () => 'version + 1' } as never)
      .where({ id })
      .execute();
  }

  async counts(importIds: readonly string[]): Promise<Map<string, StateCounts>> {
    const found = new Map<string, Record<string, number>>();
    if (importIds.length === 0) return found;
    const rows = await this.uow.manager
      .createQueryBuilder(ImportQuestionRow, 'row')
      .select('row.importId', 'importId')
      .addSelect('row.state', 'state')
      .addSelect('COUNT(*)', 'count')
      .where('row.importId IN (:...importIds)', { importIds })
      .groupBy('row.importId')
      .addGroupBy('row.state')
      .getRawMany<{ importId: string; state: string; count: string | number }>();
    for (const { importId, state, count } of rows) {
      found.set(importId, { ...found.get(importId), [state]: Number(count) });
    }
    return found;
  }

  async addRows(rows: readonly ImportQuestionRow[]): Promise<void> {
    await insertRows(this.uow, ImportQuestionRow, rows);
  }

  async dropRows(importId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(ImportQuestionRow).where({ importId }).execute();
  }

  /** In order of number, after `after`; one more than `limit` where there is a next page. */
  async rows(
    importId: string,
    { states, after, limit }: { states?: readonly ImportRowState[] | undefined; after?: number; limit: number },
  ): Promise<{ rows: ImportQuestionRow[]; total: number }> {
    const query = this.uow.manager
      .createQueryBuilder(ImportQuestionRow, 'row')
      .where('row.importId = :importId', { importId });
    if (states?.length) query.andWhere('row.state IN (:...states)', { states });
    const total = await query.getCount();
    if (after !== undefined) query.andWhere('row.number > :after', { after });
    return {
      rows: await query
        .orderBy('row.number')
        .limit(limit + 1)
        .getMany(),
      total,
    };
  }

  row(importId: string, number: number): Promise<ImportQuestionRow | null> {
    return this.uow.manager.findOneBy(ImportQuestionRow, { importId, number });
  }

  async rowsByNumber(importId: string, numbers: readonly number[]): Promise<ImportQuestionRow[]> {
    const found: ImportQuestionRow[] = [];
    for (const chunk of chunksOf(numbers, 500)) {
      const query = this.uow.manager
        .createQueryBuilder(ImportQuestionRow, 'row')
        .where('row.importId = :importId AND row.number IN (:...chunk)', { importId, chunk });
      found.push(...(await query.getMany()));
    }
    return found;
  }

  async changeRow(importId: string, number: number, change: Partial<ImportQuestionRow>): Promise<void> {
    await this.changeRows(importId, [number], change);
  }

  async changeRows(importId: string, numbers: readonly number[], change: Partial<ImportQuestionRow>): Promise<void> {
    for (const chunk of chunksOf(numbers, 500)) {
      await this.uow.manager
        .createQueryBuilder()
        .update(ImportQuestionRow)
        .set(change as never)
        .where('import_id = :importId AND number IN (:...chunk)', { importId, chunk })
        .execute();
    }
  }

  /** Rows that are questions of the bank now. One statement for all: there are thousands of them. */
  async markImported(
    importId: string,
    made: readonly { readonly number: number; readonly questionId: string }[],
  ): Promise<void> {
    for (const chunk of chunksOf(made, 200)) {
      const cases = chunk.map(({ number }, at) => `WHEN ${Math.trunc(number)} THEN :question${at}`).join(' ');
      const ids = Object.fromEntries(chunk.map(({ questionId }, at) => [`question${at}`, questionId]));
      await this.uow.manager
        .createQueryBuilder()
        .update(ImportQuestionRow)
        .set({ state: 'imported', questionId: () => `CASE number ${cases} END` } as never)
        .where('import_id = :importId AND number IN (:...numbers)', {
          importId,
          numbers: chunk.map(({ number }) => number),
        })
        .setParameters(ids)
        .execute();
    }
  }

  async numbersOf(importId: string, state: ImportRowState): Promise<number[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(ImportQuestionRow, 'row')
      .select('row.number', 'number')
      .where({ importId, state })
      .orderBy('row.number')
      .getRawMany<{ number: number | string }>();
    return rows.map((row) => Number(row.number));
  }

  /** Earlier rows of this import with the stem, for one row that is checked alone. */
  rowsWithStem(importId: string, stemHash: string): Promise<ImportQuestionRow[]> {
    return this.uow.manager.find(ImportQuestionRow, { where: { importId, stemHash }, order: { number: 'ASC' } });
  }

  /** Codes of questions that an earlier import made of the same content, by content hash, whatever became of them since. */
  async importedBefore(contentHashes: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const chunk of chunksOf(contentHashes, 500)) {
      const rows = await this.uow.manager
        .createQueryBuilder(ImportQuestionRow, 'row')
        .innerJoin(QuestionRow, 'question', 'question.id = row.questionId')
        .select('row.contentHash', 'hash')
        .addSelect('question.code', 'code')
        .where("row.contentHash IN (:...chunk) AND row.state IN ('imported', 'kept')", { chunk })
        .getRawMany<{ hash: string; code: string }>();
      for (const { hash, code } of rows) found.set(hash, code);
    }
    return found;
  }

  async materialsByCodes(codes: readonly string[]): Promise<MaterialRow[]> {
    const found: MaterialRow[] = [];
    for (const chunk of chunksOf(codes, 500)) {
      const query = this.uow.manager
        .createQueryBuilder(MaterialRow, 'material')
        .where('material.code IN (:...chunk)', { chunk });
      found.push(...(await query.getMany()));
    }
    return found;
  }

  /** Newest versions of materials with these titles. */
  async materialsByTitles(titles: readonly string[]): Promise<KnownMaterial[]> {
    const found: KnownMaterial[] = [];
    for (const chunk of chunksOf(titles, 200)) {
      const materials = await this.uow.manager
        .createQueryBuilder(MaterialRow, 'material')
        .where('material.title IN (:...chunk)', { chunk })
        .getMany();
      for (const material of materials) {
        const version = await this.uow.manager.findOneBy(MaterialVersionRow, { id: material.headVersionId });
        if (version) found.push({ material, body: version.body, pictures: version.pictures });
      }
    }
    return found;
  }

  async addMaterial(material: MaterialRow, version: MaterialVersionRow): Promise<void> {
    await insertRows(this.uow, MaterialRow, [material]);
    await insertRows(this.uow, MaterialVersionRow, [version]);
    if (version.pictures.length > 0)
      await this.pictures.noteUses([{ versionId: version.id, pictures: version.pictures }]);
  }

  /** Takes questions out of the bank that nobody has used: their keys, versions and themselves. */
  async removeQuestions(ids: readonly string[]): Promise<void> {
    for (const chunk of chunksOf(ids, 200)) {
      const versions = await this.uow.manager
        .createQueryBuilder(QuestionVersionRow, 'version')
        .select('version.id', 'id')
        .where('version.questionId IN (:...chunk)', { chunk })
        .getRawMany<{ id: string }>();
      const versionIds = versions.map((version) => version.id);
      const remove = (
        entity: typeof QuestionKeyRow | typeof QuestionVersionRow | typeof QuestionRow,
        column: string,
        of: readonly string[],
      ) => this.uow.manager.createQueryBuilder().delete().from(entity).where(`${column} IN (:...of)`, { of }).execute();
      if (versionIds.length > 0) {
        await this.pictures.forgetUses(versionIds);
        await remove(QuestionKeyRow, 'version_id', versionIds);
        await remove(QuestionVersionRow, 'id', versionIds);
      }
      await remove(QuestionRow, 'id', chunk);
    }
  }

  /** Materials that imports made and no question asks about any more. */
  async removeIdleMaterials(ids: readonly string[]): Promise<void> {
    for (const materialId of ids) {
      if ((await this.uow.manager.countBy(QuestionRow, { materialId })) > 0) continue;
      const versions = await this.uow.manager.findBy(MaterialVersionRow, { materialId });
      await this.pictures.forgetUses(versions.map((version) => version.id));
      await this.uow.manager.createQueryBuilder().delete().from(MaterialVersionRow).where({ materialId }).execute();
      await this.uow.manager.createQueryBuilder().delete().from(MaterialRow).where({ id: materialId }).execute();
    }
  }
}
