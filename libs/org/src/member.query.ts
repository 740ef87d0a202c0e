import { Injectable } from '@nestjs/common';
import type { MembershipType, Page, Permission } from '@xuekao/contracts';
import { normalText } from '@xuekao/kernel';
import { Access, decodeCursor, toPage } from '@xuekao/platform';
import { membershipOn, subtreeIds, type Membership } from './core/index.js';
import type { MemberFilter } from './member.store.js';
import type { ExemptionEntity, HeldRoleEntity, MemberEntity, TransferEntity } from './org.entity.js';
import { found, OrgRefused } from './org.errors.js';
import { MemberService } from './member.service.js';
import { OrgStores } from './org.stores.js';
import { Today } from './today.js';

export interface MemberRow extends MemberEntity {
  readonly type: MembershipType;
  readonly partyUnitId: string | null;
  readonly departmentUnitId: string | null;
  readonly inTransit: boolean;
}

export interface MemberFile extends MemberRow {
  readonly places: readonly Membership[];
  readonly roles: readonly HeldRoleEntity[];
  readonly transfers: readonly TransferEntity[];
  readonly exemptions: readonly ExemptionEntity[];
}

export interface MemberListQuery {
  readonly unitId?: string;
  readonly type?: MembershipType;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit: number;
  /** The permission that makes a person visible; 'org.read' where absent. */
  readonly permission?: Permission;
}

/** What may be read of people: only those who stand in a unit of the actor's scope today. */
@Injectable()
export class MemberQuery {
  constructor(
    private readonly access: Access,
    private readonly stores: OrgStores,
    private readonly members: MemberService,
    private readonly today: Today,
  ) {}

  /** By staff number; `total` counts the whole filtered list within the scope. */
  async list(query: MemberListQuery): Promise<Page<MemberRow>> {
    const filter = await this.filterOf(query);
    const after = decodeCursor(query.cursor)?.[0];
    const members = await this.stores.members.list(
      filter,
      after === undefined ? undefined : String(after),
      query.limit + 1,
    );
    const total = await this.stores.members.count(filter);
    return toPage(await this.withPlaces(members), query.limit, total, (row) => [row.staffNumberKey]);
  }

  async get(id: string): Promise<MemberFile> {
    await this.members.requireInScope('org.read', id);
    const member = found(await this.stores.members.byId(id));
    const [row] = await this.withPlaces([member]);
    return {
      ...row!,
      places: await this.stores.members.historyOf(id),
      roles: await this.stores.duties.rolesOf(id),
      transfers: await this.stores.duties.transfersOf([id]),
      exemptions: await this.stores.duties.exemptionsOf([id]),
    };
  }

  private async filterOf(query: MemberListQuery): Promise<MemberFilter> {
    const scope = await this.access.scope(query.permission ?? 'org.read');
    let unitIds = scope.unitIds;
    if (query.unitId !== undefined) {
      if (!scope.includes(query.unitId)) throw new OrgRefused('resource.not-found');
      unitIds = subtreeIds(await this.stores.units.edges(), [query.unitId]);
    }
    const text = query.q === undefined ? undefined : normalText(query.q) || undefined;
    return { unitIds: [...unitIds], type: query.type, text, on: this.today.date() };
  }

  private async withPlaces(members: readonly MemberEntity[]): Promise<MemberRow[]> {
    const today = this.today.date();
    const ids = members.map((member) => member.id);
    const places = await this.stores.members.placesOf(ids, today);
    const moving = (await this.stores.duties.transfersOf(ids)).filter(
      (row) => row.state === 'started' && row.tree === 'party',
    );
    return members.map((member) => {
      const history = places.filter((place) => place.memberId === member.id);
      const party = membershipOn(history, 'party', today);
      return {
        ...member,
        type: party?.type ?? 'masses',
        partyUnitId: party?.unitId ?? null,
        departmentUnitId: membershipOn(history, 'department', today)?.unitId ?? null,
        inTransit: moving.some((row) => row.memberId === member.id),
      };
    });
  }
}
