import { Injectable } from '@nestjs/common';
import type { MembershipType, RoleName } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import type { SelectQueryBuilder } from 'typeorm';
import type { DatedPeriod } from './core/index.js';
import { MemberStore } from './member.store.js';
import { HeldRoleEntity, MembershipEntity } from './org.entity.js';
import type { UnitEntity } from './org.entity.js';
import { UnitStore } from './unit.store.js';

/** A person's one place in the Party tree, with his name. */
export interface PlaceHistory extends DatedPeriod {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly type: MembershipType;
}

export interface RoleHistory extends DatedPeriod {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly role: RoleName;
}

/** What held at any time from a day up to another (excluded): for statistics. Callers narrow it to the actor's scope. */
@Injectable()
export class HistoryQuery {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly members: MemberStore,
    private readonly units: UnitStore,
  ) {}

  /** Both trees in their order, closed units too. */
  allUnits(): Promise<readonly UnitEntity[]> {
    return this.units.all();
  }

  async partyPlaces(from: CivilDate, to: CivilDate): Promise<readonly PlaceHistory[]> {
    const query = this.uow.manager.createQueryBuilder(MembershipEntity, 'row');
    query.where("row.tree = 'party' AND row.standing = 'primary'");
    const rows = await this.lasting(query, from, to).getMany();
    const named = await this.named(rows);
    return named.map(({ memberId, name, unitId, type, from: since, to: until }) => ({
      memberId,
      name,
      unitId,
      type: type ?? 'masses',
      from: since,
      to: until,
    }));
  }

  async roles(from: CivilDate, to: CivilDate): Promise<readonly RoleHistory[]> {
    const query = this.uow.manager.createQueryBuilder(HeldRoleEntity, 'row').where('1 = 1');
    const named = await this.named(await this.lasting(query, from, to).getMany());
    return named.map(({ memberId, name, unitId, role, from: since, to: until }) => ({
      memberId,
      name,
      unitId,
      role,
      from: since,
      to: until,
    }));
  }

  private lasting<T extends MembershipEntity | HeldRoleEntity>(
    query: SelectQueryBuilder<T>,
    from: CivilDate,
    to: CivilDate,
  ): SelectQueryBuilder<T> {
    query.andWhere('row.from < :to AND (row.to IS NULL OR row.to > :from)', { from, to });
    return query.orderBy('row.memberId', 'ASC').addOrderBy('row.from', 'ASC').addOrderBy('row.id', 'ASC');
  }

  private async named<T extends { readonly memberId: string }>(rows: readonly T[]): Promise<(T & { name: string })[]> {
    const members = await this.members.byIds([...new Set(rows.map((row) => row.memberId))]);
    const names = new Map(members.map((member) => [member.id, member.name]));
    return rows.map((row) => ({ ...row, name: names.get(row.memberId) ?? '' }));
  }
}
