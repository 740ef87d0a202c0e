import { Injectable } from '@nestjs/common';
import type { Page, Tree } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate } from '@xuekao/kernel';
import { Access, decodeCursor, Outbox, toPage } from '@xuekao/platform';
import { decideStart, planTransfer, refusalOfEnding, refusalOfPlace, subtreeIds } from './core/index.js';
import type { TransferEntity } from './org.entity.js';
import { allowed, decided, found, OrgRefused } from './org.errors.js';
import { OrgStores } from './org.stores.js';
import { RoleService } from './role.service.js';
import { Today } from './today.js';

export interface TransferDraft {
  readonly memberId: string;
  readonly tree: Tree;
  readonly toUnitId: string;
  readonly startedOn?: CivilDate;
  readonly letterNumber?: string;
  readonly reason: string;
}

@Injectable()
export class TransferService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly roles: RoleService,
    private readonly today: Today,
  ) {}

  /** Transfers that leave or reach the actor's scope, newest first. */
  async list(query: {
    readonly state?: TransferEntity['state'];
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Page<TransferEntity>> {
    const scope = await this.access.scope('org.read');
    const before = decodeCursor(query.cursor)?.[0];
    const page = await this.stores.duties.transfersAt(
      [...scope.unitIds],
      query.state,
      before === undefined ? undefined : String(before),
      query.limit + 1,
    );
    return toPage(page.rows, query.limit, page.total, (row) => [row.id]);
  }

  /** The old unit lets go; the person stays in it until the new one accepts. */
  async start(draft: TransferDraft): Promise<TransferEntity> {
    const { memberId, tree, toUnitId } = draft;
    return this.uow.run(async () => {
      const today = this.today.date();
      found(await this.stores.members.locked(memberId));
      const history = await this.stores.members.historyOf(memberId);
      const open = (await this.stores.duties.transfersOf([memberId])).filter(({ state }) => state === 'started');
      const startedOn = draft.startedOn ?? today;
      const from = decideStart(history, open, { tree, toUnitId, startedOn, today });
      const scope = await this.access.scope('org.write');
      if (!history.some((row) => row.to === null && scope.includes(row.unitId)))
        throw new OrgRefused('resource.not-found');
      const current = decided(from);
      await this.access.require('org.write', current.unitId);
      const toUnit = found(await this.stores.units.locked(toUnitId));
      if (toUnit.tree !== tree) throw new OrgRefused('org.unit.parent-of-other-tree');
      allowed(refusalOfPlace(toUnit, 'primary', startedOn));
      const transfer: TransferEntity = {
        id: newId(),
        memberId,
        tree,
        fromUnitId: current.unitId,
        toUnitId,
        state: 'started',
        startedOn,
        endedOn: null,
        endedAt: null,
        letterNumber: draft.letterNumber ?? null,
        reason: draft.reason,
        openKey: `${memberId}:${tree}`,
        createdAt: this.today.instant(),
      };
      await this.stores.duties.addTransfer(transfer);
      await this.tell('org.transfer.started', transfer, transfer.fromUnitId, draft.reason);
      return transfer;
    });
  }

  /** From `acceptedOn` (today where absent) on the person stands in the new unit; no earlier day changes. */
  async accept(id: string, acceptedOn?: CivilDate): Promise<TransferEntity> {
    return this.uow.run(async () => {
      const transfer = await this.openTransfer(id);
      await this.access.require('org.write', transfer.toUnitId);
      const today = this.today.date();
      const endedOn = acceptedOn ?? today;
      allowed(refusalOfEnding(transfer, endedOn, today));
      const toUnit = found(await this.stores.units.locked(transfer.toUnitId));
      const leftBehind = subtreeIds(await this.stores.units.edges(), [transfer.fromUnitId]);
      const history = await this.stores.members.historyOf(transfer.memberId);
      const plan = decided(planTransfer(history, { id: newId(), toUnit, acceptedOn: endedOn, leftBehind }));
      await this.stores.members.write(plan);
      await this.roles.endAllOf(transfer.memberId, endedOn, '组织关系转出', leftBehind);
      return this.end(transfer, 'accepted', endedOn);
    });
  }

  /** Taken back by the old unit, or sent back by the new one. */
  async cancel(id: string, reason: string): Promise<TransferEntity> {
    return this.uow.run(async () => {
      const transfer = await this.openTransfer(id);
      const scope = await this.access.scope('org.write');
      if (!scope.includes(transfer.fromUnitId) && !scope.includes(transfer.toUnitId)) {
        throw new OrgRefused('resource.not-found');
      }
      const today = this.today.date();
      allowed(refusalOfEnding(transfer, today, today));
      return this.end(transfer, 'cancelled', today, reason);
    });
  }

  private async openTransfer(id: string): Promise<TransferEntity> {
    const memberId = found(await this.stores.duties.transfer(id)).memberId;
    await this.stores.members.locked(memberId);
    return found(await this.stores.duties.transfer(id));
  }

  private async end(
    transfer: TransferEntity,
    state: 'accepted' | 'cancelled',
    endedOn: CivilDate,
    reason?: string,
  ): Promise<TransferEntity> {
    const changes = { state, endedOn, endedAt: this.today.instant() };
    await this.stores.duties.endTransfer(transfer.id, changes);
    const ended: TransferEntity = { ...transfer, ...changes, openKey: null };
    const unitId = state === 'accepted' ? transfer.toUnitId : transfer.fromUnitId;
    await this.tell(`org.transfer.${state}`, ended, unitId, reason);
    return ended;
  }

  private tell(type: string, transfer: TransferEntity, unitId: string, reason?: string): Promise<void> {
    const { id, memberId, tree, fromUnitId, toUnitId, startedOn, endedOn } = transfer;
    const payload = { memberId, tree, fromUnitId, toUnitId, startedOn, endedOn };
    const event = { type, subjectType: 'transfer', subjectId: id, unitId, payload };
    return this.outbox.add(reason === undefined ? event : { ...event, reason });
  }
}
