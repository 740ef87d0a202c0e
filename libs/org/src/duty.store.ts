import { Injectable } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { In, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import type { HeldRole } from './core/index.js';
import { ExemptionEntity, HeldRoleEntity, TransferEntity } from './org.entity.js';

const chunkIds = 500;

/** What hangs on a person besides his places: roles, transfers and exemptions. */
@Injectable()
export class DutyStore {
  constructor(private readonly uow: UnitOfWork) {}

  rolesOf(memberId: string): Promise<HeldRoleEntity[]> {
    return this.uow.manager.find(HeldRoleEntity, { where: { memberId }, order: { from: 'ASC', id: 'ASC' } });
  }

  role(id: string): Promise<HeldRoleEntity | null> {
    return this.uow.manager.findOneBy(HeldRoleEntity, { id });
  }

  /** Roles in the units that are held on that day or begin later. */
  async rolesIn(unitIds: readonly string[], on: CivilDate): Promise<HeldRoleEntity[]> {
    return this.lastingIn(this.uow.manager.createQueryBuilder(HeldRoleEntity, 'row'), unitIds, on);
  }

  async isHeldByAnyone(role: HeldRole['role'], on: CivilDate): Promise<boolean> {
    const query = this.uow.manager.createQueryBuilder(HeldRoleEntity, 'row').where('row.role = :role', { role });
    return query.andWhere('row.from <= :on AND (row.to IS NULL OR row.to > :on)', { on }).getExists();
  }

  async addRole(role: HeldRoleEntity): Promise<void> {
    await insertRows(this.uow, HeldRoleEntity, [role]);
  }

  async endRole(id: string, to: CivilDate, endReason: string): Promise<void> {
    await this.uow.manager.update(HeldRoleEntity, { id }, { to, endReason });
  }

  transfer(id: string): Promise<TransferEntity | null> {
    return this.uow.manager.findOneBy(TransferEntity, { id });
  }

  transfersOf(memberIds: readonly string[]): Promise<TransferEntity[]> {
    return this.inChunks(memberIds, (part) => this.uow.manager.findBy(TransferEntity, { memberId: In(part) }));
  }

  /** Transfers out of or into the units, newest first. */
  async transfersAt(
    unitIds: readonly string[],
    state: TransferEntity['state'] | undefined,
    before: string | undefined,
    take: number,
  ): Promise<{ rows: TransferEntity[]; total: number }> {
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const query = this.uow.manager
      .createQueryBuilder(TransferEntity, 'row')
      .where('(row.fromUnitId IN (:...unitIds) OR row.toUnitId IN (:...unitIds))', { unitIds });
    if (state) query.andWhere('row.state = :state', { state });
    const total = await query.getCount();
    if (before) query.andWhere('row.id < :before', { before });
    return { rows: await query.orderBy('row.id', 'DESC').take(take).getMany(), total };
  }

  async addTransfer(transfer: TransferEntity): Promise<void> {
    await insertRows(this.uow, TransferEntity, [transfer]);
  }

  async endTransfer(id: string, changes: Pick<TransferEntity, 'state' | 'endedOn' | 'endedAt'>): Promise<void> {
    await this.uow.manager.update(TransferEntity, { id }, { ...changes, openKey: null });
  }

  exemption(id: string): Promise<ExemptionEntity | null> {
    return this.uow.manager.findOneBy(ExemptionEntity, { id });
  }

  exemptionsOf(memberIds: readonly string[]): Promise<ExemptionEntity[]> {
    return this.inChunks(memberIds, (part) => this.uow.manager.findBy(ExemptionEntity, { memberId: In(part) }));
  }

  exemptionsIn(unitIds: readonly string[], on: CivilDate): Promise<ExemptionEntity[]> {
    return this.lastingIn(this.uow.manager.createQueryBuilder(ExemptionEntity, 'row'), unitIds, on);
  }

  async addExemption(exemption: ExemptionEntity): Promise<void> {
    await insertRows(this.uow, ExemptionEntity, [exemption]);
  }

  async endExemption(id: string, to: CivilDate): Promise<void> {
    await this.uow.manager.update(ExemptionEntity, { id }, { to });
  }

  /** Rows in the units that hold on that day or begin later. */
  private lastingIn<T extends ObjectLiteral>(
    query: SelectQueryBuilder<T>,
    unitIds: readonly string[],
    on: CivilDate,
  ): Promise<T[]> {
    if (unitIds.length === 0) return Promise.resolve([]);
    query.where('row.unitId IN (:...unitIds)', { unitIds });
    return query.andWhere('(row.to IS NULL OR row.to > :on)', { on }).orderBy('row.id', 'ASC').getMany();
  }

  private async inChunks<T>(ids: readonly string[], load: (part: readonly string[]) => Promise<T[]>): Promise<T[]> {
    const rows: T[] = [];
    for (let start = 0; start < ids.length; start += chunkIds) {
      rows.push(...(await load(ids.slice(start, start + chunkIds))));
    }
    return rows;
  }
}
