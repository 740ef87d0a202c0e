import { Injectable } from '@nestjs/common';
import type { MembershipType } from '@xuekao/contracts';
import { forUpdate, insertRows, UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Membership, MembershipPlan } from './core/index.js';
import { MemberEntity, MembershipEntity } from './org.entity.js';

export interface MemberFilter {
  /** Places that make a person visible; the caller's scope, or a part of it. */
  readonly unitIds: readonly string[];
  readonly type: MembershipType | undefined;
  /** Normal form of a part of the name or staff number. */
  readonly text: string | undefined;
  readonly on: CivilDate;
}

const chunkIds = 500;

/** One open row per person and tree, or per person and group; null once it has ended. */
function openKeyOf(row: Membership): string | null {
  if (row.to !== null) return null;
  return `${row.memberId}:${row.standing === 'primary' ? row.tree : row.unitId}`;
}

@Injectable()
export class MemberStore {
  constructor(private readonly uow: UnitOfWork) {}

  private standing(filter: MemberFilter): SelectQueryBuilder<MemberEntity> {
    const { unitIds, type, text, on } = filter;
    const query = this.uow.manager.createQueryBuilder(MemberEntity, 'member');
    const inForce =
      'place.member_id = member.id AND place.valid_from <= :on AND (place.valid_to IS NULL OR place.valid_to > :on)';
    const place = query.subQuery().select('1').from(MembershipEntity, 'place').where(inForce);
    query.where(`EXISTS ${place.andWhere('place.unit_id IN (:...unitIds)').getQuery()}`, { on, unitIds });
    if (type) {
      const typed = query.subQuery().select('1').from(MembershipEntity, 'place').where(inForce);
      query.andWhere(`EXISTS ${typed.andWhere("place.standing = 'primary' AND place.type = :type").getQuery()}`, {
        type,
      });
    }
    if (text) {
      const like = "(member.name_key LIKE :text ESCAPE '!' OR member.staff_number_key LIKE :text ESCAPE '!')";
      query.andWhere(like, { text: likePattern(text) });
    }
    return query;
  }

  /** In the order of staff numbers, after the given one. */
  async list(filter: MemberFilter, after: string | undefined, take: number): Promise<MemberEntity[]> {
    if (filter.unitIds.length === 0) return [];
    const query = this.standing(filter);
    if (after !== undefined) query.andWhere('member.staff_number_key > :after', { after });
    return query.orderBy('member.staffNumberKey', 'ASC').take(take).getMany();
  }

  async count(filter: MemberFilter): Promise<number> {
    return filter.unitIds.length === 0 ? 0 : this.standing(filter).getCount();
  }

  byId(id: string): Promise<MemberEntity | null> {
    return this.uow.manager.findOneBy(MemberEntity, { id });
  }

  byIds(ids: readonly string[]): Promise<MemberEntity[]> {
    return this.inChunks(ids, (part) => this.uow.manager.findBy(MemberEntity, { id: In(part) }));
  }

  /** Serialises every change of one person's places, roles, transfers and exemptions. */
  locked(id: string): Promise<MemberEntity | null> {
    const query = this.uow.manager.createQueryBuilder(MemberEntity, 'member').where('member.id = :id', { id });
    return forUpdate(query, this.uow).getOne();
  }

  async insert(members: readonly MemberEntity[]): Promise<void> {
    await insertRows(this.uow, MemberEntity, members);
  }

  async change(id: string, version: number, changes: Partial<MemberEntity>): Promise<boolean> {
    const result = await this.uow.manager.update(MemberEntity, { id, version }, { ...changes, version: version + 1 });
    return result.affected === 1;
  }

  async takenStaffNumbers(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.inChunks(keys, (part) =>
      this.uow.manager.find(MemberEntity, { select: { staffNumberKey: true }, where: { staffNumberKey: In(part) } }),
    );
    return new Set(rows.map((row) => row.staffNumberKey));
  }

  historyOf(memberId: string): Promise<MembershipEntity[]> {
    return this.uow.manager.find(MembershipEntity, { where: { memberId }, order: { from: 'ASC', id: 'ASC' } });
  }

  /** All places in force that day of people who stand in one of the units that day. */
  async placesOn(unitIds: readonly string[], on: CivilDate): Promise<MembershipEntity[]> {
    const inUnits = await this.inChunks(unitIds, (part) =>
      this.inForce(on)
        .select(['place.id', 'place.memberId'])
        .andWhere('place.unitId IN (:...part)', { part })
        .getMany(),
    );
    return this.placesOf([...new Set(inUnits.map((row) => row.memberId))], on);
  }

  /** All places in force that day of the given people. */
  placesOf(memberIds: readonly string[], on: CivilDate): Promise<MembershipEntity[]> {
    return this.inChunks(memberIds, (part) =>
      this.inForce(on).andWhere('place.memberId IN (:...part)', { part }).getMany(),
    );
  }

  async write(plan: MembershipPlan): Promise<void> {
    for (const { id, to } of plan.close) {
      await this.uow.manager.update(MembershipEntity, { id }, { to, openKey: null });
    }
    const opened = plan.open.map((row) => ({ ...row, openKey: openKeyOf(row) }));
    await insertRows(this.uow, MembershipEntity, opened);
  }

  private inForce(on: CivilDate): SelectQueryBuilder<MembershipEntity> {
    return this.uow.manager
      .createQueryBuilder(MembershipEntity, 'place')
      .where('place.from <= :on AND (place.to IS NULL OR place.to > :on)', { on });
  }

  private async inChunks<K, T>(keys: readonly K[], load: (part: readonly K[]) => Promise<T[]>): Promise<T[]> {
    const rows: T[] = [];
    for (let start = 0; start < keys.length; start += chunkIds) {
      rows.push(...(await load(keys.slice(start, start + chunkIds))));
    }
    return rows;
  }
}
