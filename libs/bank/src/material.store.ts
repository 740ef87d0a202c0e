import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId, normalText } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { In } from 'typeorm';
import { MaterialRow, MaterialVersionRow, QuestionRow } from './question.entity.js';

@Injectable()
export class MaterialStore {
  constructor(private readonly uow: UnitOfWork) {}

  async byId(id: string): Promise<MaterialRow | null> {
    if (!isId(id)) return null;
    const query = this.uow.manager.createQueryBuilder(MaterialRow, 'material').where({ id });
    return this.uow.isOpen ? forUpdate(query, this.uow).getOne() : query.getOne();
  }

  async byCodes(codes: readonly string[]): Promise<MaterialRow[]> {
    return codes.length === 0 ? [] : this.uow.manager.findBy(MaterialRow, { code: In([...codes]) });
  }

  versionById(id: string): Promise<MaterialVersionRow | null> {
    return this.uow.manager.findOneBy(MaterialVersionRow, { id });
  }

  async add(row: MaterialRow, version: MaterialVersionRow): Promise<void> {
    await insertRows(this.uow, MaterialRow, [row]);
    await insertRows(this.uow, MaterialVersionRow, [version]);
  }

  addVersion(version: MaterialVersionRow): Promise<void> {
    return insertRows(this.uow, MaterialVersionRow, [version]);
  }

  async change(id: string, version: number, change: Partial<MaterialRow>): Promise<boolean> {
    const result = await this.uow.manager
      .createQueryBuilder()
      .update(MaterialRow)
      .set({ ...change, version: version + 1 })
      .where({ id, version })
      .execute();
    return result.affected === 1;
  }

  /** Its questions that are in use, in order of their places. */
  questionsOf(materialId: string): Promise<QuestionRow[]> {
    return this.uow.manager
      .createQueryBuilder(QuestionRow, 'question')
      .where('question.materialId = :materialId AND question.retiredAt IS NULL', { materialId })
      .orderBy('question.materialPlace')
      .addOrderBy('question.code')
      .getMany();
  }

  /** In order of code, one row more than `limit` where there is a next page. */
  async page(
    q: string | undefined,
    limit: number,
    afterCode?: string,
  ): Promise<{ rows: MaterialRow[]; total: number }> {
    const filtered = () => {
      const query = this.uow.manager.createQueryBuilder(MaterialRow, 'material').where('1 = 1');
      if (q?.trim()) {
        query.andWhere("material.title LIKE :title ESCAPE '!'", { title: likePattern(normalText(q)) });
      }
      return query;
    };
    const total = await filtered().getCount();
    const query = filtered()
      .orderBy('material.code')
      .limit(limit + 1);
    if (afterCode !== undefined) query.andWhere('material.code > :afterCode', { afterCode });
    return { rows: await query.getMany(), total };
  }
}
