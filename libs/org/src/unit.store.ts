import { Injectable } from '@nestjs/common';
import { forUpdate, insertRows, UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { IsNull } from 'typeorm';
import type { UnitContent, UnitNode } from './core/index.js';
import { HeldRoleEntity, MembershipEntity, TransferEntity, UnitEntity } from './org.entity.js';

@Injectable()
export class UnitStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Both trees, in their order. */
  all(): Promise<UnitEntity[]> {
    return this.uow.manager.find(UnitEntity, { order: { sortOrder: 'ASC', id: 'ASC' } });
  }

  async edges(): Promise<Pick<UnitNode, 'id' | 'parentId'>[]> {
    return this.uow.manager.find(UnitEntity, { select: { id: true, parentId: true } });
  }

  byId(id: string): Promise<UnitEntity | null> {
    return this.uow.manager.findOneBy(UnitEntity, { id });
  }

  /** Holds the unit against closing until the end of the transaction. */
  locked(id: string): Promise<UnitEntity | null> {
    const query = this.uow.manager.createQueryBuilder(UnitEntity, 'unit').where('unit.id = :id', { id });
    return forUpdate(query, this.uow).getOne();
  }

  async insert(unit: UnitEntity): Promise<void> {
    await insertRows(this.uow, UnitEntity, [unit]);
  }

  /** False where somebody else has changed the unit since `version`. */
  async change(id: string, version: number, changes: Partial<UnitEntity>): Promise<boolean> {
    const result = await this.uow.manager.update(UnitEntity, { id, version }, { ...changes, version: version + 1 });
    return result.affected === 1;
  }

  async contentFrom(unitId: string, on: CivilDate): Promise<UnitContent> {
    const { manager } = this.uow;
    const lasting = (entity: typeof MembershipEntity | typeof HeldRoleEntity): Promise<number> =>
      manager
        .createQueryBuilder(entity, 'row')
        .where('row.unitId = :unitId', { unitId })
        .andWhere('(row.to IS NULL OR row.to > :on)', { on })
        .getCount();
    return {
      children: await manager.countBy(UnitEntity, { parentId: unitId, to: IsNull() }),
      members: await lasting(MembershipEntity),
      roles: await lasting(HeldRoleEntity),
      transfers: await manager.countBy(TransferEntity, [
        { fromUnitId: unitId, state: 'started' },
        { toUnitId: unitId, state: 'started' },
      ]),
    };
  }
}
