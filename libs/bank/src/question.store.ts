import { Injectable } from '@nestjs/common';
import type { QuestionBody, QuestionMaterial, QuestionState, QuestionType } from '@xuekao/contracts';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId, normalText } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { isQuestionCode } from './core/index.js';
import { ImportQuestionRow } from './import/import.entity.js';
import { PictureStore, picturesOf } from './picture.store.js';
import type { SelectQueryBuilder } from 'typeorm';
import { MaterialVersionRow, QuestionKeyRow, QuestionRow, QuestionVersionRow } from './question.entity.js';

/** `in-use`: not retired; `recheck`: waiting for another look, not retired. Everything when absent. */
export const shelves = ['in-use', 'retired', 'recheck'] as const;
export type Shelf = (typeof shelves)[number];

export interface QuestionFilter {
  readonly type?: QuestionType;
  readonly topic?: string;
  readonly difficulty?: number;
  readonly state?: QuestionState;
  readonly q?: string;
  readonly shelf?: Shelf;
  readonly materialId?: string;
  readonly importId?: string;
}

export interface StoredVersion {
  readonly row: QuestionVersionRow;
  readonly key: QuestionKeyRow;
}

const hasPictures = (use: { readonly pictures: readonly unknown[] }): boolean => use.pictures.length > 0;

function inChunks<T>(items: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

export function materialOf({ id, materialId, title, body, pictures }: MaterialVersionRow): QuestionMaterial {
  const shown = pictures.length > 0 ? { pictures } : {};
  return { id: materialId, versionId: id, title, text: body, ...shown };
}

/** Where a question stands in a list: its code, or its number in a file. */
export type QuestionPlace = string | number;

interface PlacedRows {
  readonly rows: QuestionRow[];
  readonly places: QuestionPlace[];
}

async function byCode(query: SelectQueryBuilder<QuestionRow>, after?: QuestionPlace): Promise<PlacedRows> {
  if (typeof after === 'string') query.andWhere('question.code > :after', { after });
  const rows = await query.orderBy('question.code').getMany();
  return { rows, places: rows.map((row) => row.code) };
}

async function byFile(query: SelectQueryBuilder<QuestionRow>, after?: QuestionPlace): Promise<PlacedRows> {
  if (typeof after === 'number') query.andWhere('brought.number > :after', { after });
  const { entities, raw } = await query
    .addSelect('brought.number', 'brought_place')
    .orderBy('brought.number')
    .getRawAndEntities<{ brought_place: number | string }>();
  return { rows: entities, places: raw.map((row) => Number(row.brought_place)) };
}

/** Every query of the bank. Bodies and keys are read by different methods from different tables. */
@Injectable()
export class QuestionStore {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pictures: PictureStore,
  ) {}

  async add(questions: readonly QuestionRow[], versions: readonly StoredVersion[]): Promise<void> {
    await insertRows(this.uow, QuestionRow, questions);
    await this.addVersions(versions);
  }

  async addVersions(versions: readonly StoredVersion[]): Promise<void> {
    await insertRows(
      this.uow,
      QuestionVersionRow,
      versions.map((version) => version.row),
    );
    await insertRows(
      this.uow,
      QuestionKeyRow,
      versions.map((version) => version.key),
    );
    await this.pictures.noteUses(
      versions.map(({ row }) => ({ versionId: row.id, pictures: picturesOf(row.body) })).filter(hasPictures),
    );
  }

  /** Zero rows where somebody else changed the question since it was read. */
  async change(id: string, version: number, change: Partial<QuestionRow>): Promise<boolean> {
    const result = await this.uow.manager
      .createQueryBuilder()
      .update(QuestionRow)
      .set({ ...change, version: version + 1 })
      .where({ id, version })
      .execute();
    return result.affected === 1;
  }

  async byId(id: string): Promise<QuestionRow | null> {
    if (!isId(id)) return null;
    return this.uow.manager.findOneBy(QuestionRow, { id });
  }

  async byIdForUpdate(id: string): Promise<QuestionRow | null> {
    if (!isId(id)) return null;
    const query = this.uow.manager.createQueryBuilder(QuestionRow, 'question').where({ id });
    return forUpdate(query, this.uow).getOne();
  }

  async byCodes(codes: readonly string[]): Promise<QuestionRow[]> {
    return this.byChunks('code', codes.filter(isQuestionCode));
  }

  async byIds(ids: readonly string[]): Promise<QuestionRow[]> {
    return this.byChunks('id', [...new Set(ids)]);
  }

  async byStemHashes(hashes: readonly string[]): Promise<QuestionRow[]> {
    return this.byChunks('stemHash', hashes);
  }

  /** In use or not, in order of code; retired ones are left out. */
  async byEntryKeys(entryKeys: readonly string[]): Promise<QuestionRow[]> {
    const found = await this.byChunks('entryKey', [...new Set(entryKeys)]);
    return found.filter((row) => row.retiredAt === null);
  }

  async entryKeysOf(ids: readonly string[]): Promise<Map<string, string | null>> {
    return new Map((await this.byChunks('id', [...new Set(ids)])).map((row) => [row.id, row.entryKey]));
  }

  private async byChunks(
    property: 'id' | 'code' | 'stemHash' | 'entryKey',
    values: readonly string[],
  ): Promise<QuestionRow[]> {
    const found: QuestionRow[] = [];
    for (const chunk of inChunks(values)) {
      found.push(
        ...(await this.uow.manager
          .createQueryBuilder(QuestionRow, 'question')
          .where(`question.${property} IN (:...chunk)`, { chunk })
          .getMany()),
      );
    }
    return found;
  }

  async versionById(id: string): Promise<QuestionVersionRow | null> {
    return isId(id) ? ((await this.versionsByIds([id]))[0] ?? null) : null;
  }

  /** Newest first; of one number only where it is given. */
  async versionsOf(questionId: string, number?: number): Promise<QuestionVersionRow[]> {
    const query = this.uow.manager
      .createQueryBuilder(QuestionVersionRow, 'version')
      .where('version.questionId = :questionId', { questionId })
      .orderBy('version.number', 'DESC');
    if (number !== undefined) query.andWhere('version.number = :number', { number });
    return this.withMaterials(await query.getMany());
  }

  keyOf(versionId: string): Promise<QuestionKeyRow | null> {
    return this.uow.manager.findOneBy(QuestionKeyRow, { versionId });
  }

  async versionsByIds(ids: readonly string[]): Promise<QuestionVersionRow[]> {
    const found: QuestionVersionRow[] = [];
    for (const chunk of inChunks(ids)) {
      found.push(
        ...(await this.uow.manager
          .createQueryBuilder(QuestionVersionRow, 'version')
          .where('version.id IN (:...chunk)', { chunk })
          .getMany()),
      );
    }
    return this.withMaterials(found);
  }

  /** The bodies with the material that they pin. */
  private async withMaterials(versions: readonly QuestionVersionRow[]): Promise<QuestionVersionRow[]> {
    const ids = [...new Set(versions.flatMap((version) => version.materialVersionId ?? []))];
    const materials = new Map((await this.materialVersions(ids)).map((row) => [row.id, materialOf(row)]));
    return versions.map((version) => {
      if (version.materialVersionId === null) return version;
      return { ...version, body: { ...version.body, material: materials.get(version.materialVersionId)! } };
    });
  }

  async materialVersions(ids: readonly string[]): Promise<MaterialVersionRow[]> {
    const found: MaterialVersionRow[] = [];
    for (const chunk of inChunks(ids)) {
      found.push(
        ...(await this.uow.manager
          .createQueryBuilder(MaterialVersionRow, 'material')
          .where('material.id IN (:...chunk)', { chunk })
          .getMany()),
      );
    }
    return found;
  }

  async keysByVersionIds(ids: readonly string[]): Promise<QuestionKeyRow[]> {
    const found: QuestionKeyRow[] = [];
    for (const chunk of inChunks(ids)) {
      found.push(
        ...(await this.uow.manager
          .createQueryBuilder(QuestionKeyRow, 'key_row')
          .where('key_row.versionId IN (:...chunk)', { chunk })
          .getMany()),
      );
    }
    return found;
  }

  /** In order of code, or of the file where one import is asked for, from after that place; one row more where there is a next page. */
  async page(
    filter: QuestionFilter,
    limit: number,
    after?: QuestionPlace,
  ): Promise<{ rows: QuestionRow[]; places: QuestionPlace[]; bodies: Map<string, QuestionBody>; total: number }> {
    const total = await this.filtered(filter).getCount();
    const query = this.filtered(filter).limit(limit + 1);
    const { rows, places } = filter.importId === undefined ? await byCode(query, after) : await byFile(query, after);
    const versions = await this.versionsByIds(rows.map((row) => row.headVersionId));
    return { rows, places, total, bodies: new Map(versions.map((version) => [version.id, version.body])) };
  }

  /** Published questions that are not retired, whatever becomes of their newer versions. In order of code. */
  published(filter: {
    readonly types?: readonly QuestionType[];
    readonly topics?: readonly string[];
    readonly withMaterials?: boolean;
  }): Promise<QuestionRow[]> {
    const orAbout = filter.withMaterials ? ' OR question.materialId IS NOT NULL' : '';
    const query = this.uow.manager
      .createQueryBuilder(QuestionRow, 'question')
      .where('question.publishedVersionId IS NOT NULL AND question.retiredAt IS NULL')
      .orderBy('question.code');
    if (filter.types?.length) query.andWhere(`(question.type IN (:...types)${orAbout})`, { types: filter.types });
    if (filter.topics?.length) query.andWhere(`(question.topic IN (:...topics)${orAbout})`, { topics: filter.topics });
    return query.getMany();
  }

  /** Of these versions those that their questions are drawn by now: published, not replaced, not retired. */
  async publishedAmong(versionIds: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const chunk of inChunks(versionIds)) {
      const rows = await this.uow.manager
        .createQueryBuilder(QuestionRow, 'question')
        .select('question.publishedVersionId', 'versionId')
        .where('question.publishedVersionId IN (:...chunk) AND question.retiredAt IS NULL', { chunk })
        .getRawMany<{ versionId: string }>();
      for (const { versionId } of rows) found.add(versionId);
    }
    return found;
  }

  async topics(): Promise<{ topic: string; count: number }[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(QuestionRow, 'question')
      .select('question.topic', 'topic')
      .addSelect('COUNT(*)', 'count')
      .groupBy('question.topic')
      .getRawMany<{ topic: string; count: string | number }>();
    return rows.map((row) => ({ topic: row.topic, count: Number(row.count) }));
  }

  private filtered(filter: QuestionFilter): SelectQueryBuilder<QuestionRow> {
    const query = this.uow.manager.createQueryBuilder(QuestionRow, 'question').where('1 = 1');
    for (const property of ['type', 'topic', 'difficulty', 'state', 'materialId'] as const) {
      const value = filter[property];
      if (value !== undefined) query.andWhere(`question.${property} = :${property}`, { [property]: value });
    }
    if (filter.importId !== undefined) {
      const isOfIt = 'brought.questionId = question.id AND brought.importId = :importId';
      query.innerJoin(ImportQuestionRow, 'brought', isOfIt, { importId: filter.importId });
    }
    if (filter.shelf) query.andWhere(`question.retiredAt IS ${filter.shelf === 'retired' ? 'NOT NULL' : 'NULL'}`);
    if (filter.shelf === 'recheck') query.andWhere('question.recheckSince IS NOT NULL');
    const q = filter.q?.trim();
    if (q) {
      // The code column is ASCII: MySQL refuses to compare it with anything else.
      const orCode = /^[ -~]+$/.test(q) ? " OR question.code LIKE :code ESCAPE '!'" : '';
      query.andWhere(`(question.stemText LIKE :text ESCAPE '!'${orCode})`, {
        text: likePattern(normalText(q)),
        ...(orCode ? { code: likePattern(q) } : {}),
      });
    }
    return query;
  }
}
