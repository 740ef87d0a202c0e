import { Injectable } from '@nestjs/common';
import { exemptionReasons, type ExemptionReason } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate } from '@xuekao/kernel';
import { Access, AppClock, Outbox } from '@xuekao/platform';
import { membershipOn, overlap, subtreeIds } from './core/index.js';
import type { ExemptionEntity } from './org.entity.js';
import { found, OrgRefused } from './org.errors.js';
import { OrgStores } from './org.stores.js';
import { Today } from './today.js';

export interface ExemptionDraft {
  readonly memberId: string;
  readonly unitId: string;
  readonly reason: ExemptionReason;
  readonly note?: string;
  readonly approvedBy: string;
  readonly from: CivilDate;
  readonly to?: CivilDate | null;
}

/** Approved exemptions from 应到 and 应考, by the closed list of reasons. Leave is not one. */
@Injectable()
export class ExemptionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly clock: AppClock,
    private readonly today: Today,
  ) {}

  /** Those approved by units in the actor's scope that hold today or begin later. */
  async list(): Promise<ExemptionEntity[]> {
    const scope = await this.access.scope('org.read');
    return this.stores.duties.exemptionsIn([...scope.unitIds], this.today.date());
  }

  async grant(draft: ExemptionDraft): Promise<ExemptionEntity> {
    return this.uow.run(async () => {
      const { memberId, unitId, reason, from } = draft;
      await this.access.require('org.write', unitId);
      found(await this.stores.members.locked(memberId));
      const place = membershipOn(await this.stores.members.historyOf(memberId), 'party', from);
      const reach = subtreeIds(await this.stores.units.edges(), [unitId]);
      if (!place || !reach.has(place.unitId)) throw new OrgRefused('org.exemption.not-member', { on: from });
      const row: ExemptionEntity = {
        id: newId(),
        memberId,
        unitId,
        reason,
        note: draft.note ?? null,
        approvedBy: draft.approvedBy,
        from,
        to: draft.to ?? null,
        createdAt: this.clock.now(),
      };
      if (row.to !== null && row.to <= from) throw new OrgRefused('org.role.period-empty');
      const taken = (await this.stores.duties.exemptionsOf([memberId])).find((other) => overlap(other, row));
      if (taken) {
        throw new OrgRefused('org.exemption.overlaps', { from: taken.from, reason: exemptionReasons[taken.reason] });
      }
      await this.stores.duties.addExemption(row);
      await this.tell('org.exemption.granted', row);
      return row;
    });
  }

  /** Holds up to the day before `on`; a day before it began withdraws it. */
  async end(id: string, on: CivilDate | undefined, reason: string): Promise<ExemptionEntity> {
    return this.uow.run(async () => {
      const row = found(await this.stores.duties.exemption(id));
      await this.access.require('org.write', row.unitId);
      const date = on ?? this.today.date();
      const to = date < row.from ? row.from : date;
      if (row.to !== null && row.to <= to) throw new OrgRefused('org.exemption.ended');
      await this.stores.duties.endExemption(id, to);
      await this.tell('org.exemption.ended', { ...row, to }, reason);
      return { ...row, to };
    });
  }

  private tell(type: string, row: ExemptionEntity, why?: string): Promise<void> {
    const { id, memberId, unitId, reason, approvedBy, from, to } = row;
    const payload = { memberId, reason, approvedBy, from, to };
    const event = { type, subjectType: 'exemption', subjectId: id, unitId, payload };
    return this.outbox.add(why === undefined ? event : { ...event, reason: why });
  }
}
