import { Injectable } from '@nestjs/common';
import type { Gender, MembershipType, Permission } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { newId, normalText, type CivilDate } from '@xuekao/kernel';
import { Access, AppClock, Outbox } from '@xuekao/platform';
import { holdsOn, planJoin, type Membership, type UnitNode } from './core/index.js';
import { MemberStore } from './member.store.js';
import type { MemberEntity } from './org.entity.js';
import { decided, found, OrgRefused } from './org.errors.js';
import { Today } from './today.js';
import { UnitStore } from './unit.store.js';

export interface MemberDetails {
  readonly staffNumber: string;
  readonly name: string;
  readonly gender?: Gender | null;
  readonly joinedOn?: CivilDate | null;
  readonly fullSince?: CivilDate | null;
  readonly phone?: string | null;
}

export interface NewMember extends MemberDetails {
  readonly type: MembershipType;
  readonly partyUnitId: string | null;
  readonly departmentUnitId: string | null;
  /** The first day of his places; today where absent. */
  readonly from?: CivilDate;
}

@Injectable()
export class MemberService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly members: MemberStore,
    private readonly units: UnitStore,
    private readonly clock: AppClock,
    private readonly today: Today,
  ) {}

  /** A person with his first places, all within the actor's scope. */
  async create(draft: NewMember): Promise<MemberEntity> {
    return this.uow.run(async () => {
      for (const unitId of [draft.partyUnitId, draft.departmentUnitId]) {
        if (unitId !== null) await this.access.require('org.write', unitId);
      }
      if (draft.partyUnitId === null && draft.departmentUnitId === null)
        throw new OrgRefused('org.unit.parent-missing');
      return this.enrol(draft);
    });
  }

  /** As {@link create} without asking who does; inside a transaction. For the first setting up and the demo. */
  async enrol(draft: NewMember): Promise<MemberEntity> {
    const member = this.memberOf(draft);
    try {
      await this.members.insert([member]);
    } catch (error) {
      throw asTaken(error, draft.staffNumber);
    }
    const places = await this.place([{ member, draft }]);
    await this.outbox.add({
      type: 'org.member.created',
      subjectType: 'member',
      subjectId: member.id,
      unitId: draft.partyUnitId ?? draft.departmentUnitId,
      payload: { name: member.name, type: draft.type, places: places.map(({ unitId, from }) => ({ unitId, from })) },
    });
    return member;
  }

  /** Many at once, in few statements and without an event each: the caller tells of the whole. Returns their ids. */
  async enrolMany(drafts: readonly NewMember[]): Promise<string[]> {
    const people = drafts.map((draft) => ({ draft, member: this.memberOf(draft) }));
    try {
      await this.members.insert(people.map(({ member }) => member));
    } catch (error) {
      throw error instanceof UniqueViolation ? new OrgRefused('resource.conflict') : error;
    }
    await this.place(people);
    return people.map(({ member }) => member.id);
  }

  private async place(
    people: readonly { readonly member: MemberEntity; readonly draft: NewMember }[],
  ): Promise<readonly Membership[]> {
    const wanted = people.flatMap(({ draft }) => [draft.partyUnitId, draft.departmentUnitId]);
    const units = new Map<string, UnitNode>();
    for (const id of new Set(wanted.filter((unitId) => unitId !== null)).values()) {
      units.set(id, found(await this.units.locked(id)));
    }
    const opened: Membership[] = [];
    for (const { member, draft } of people) {
      const on = this.today.orPast(draft.from);
      let history: readonly Membership[] = [];
      for (const unitId of [draft.partyUnitId, draft.departmentUnitId]) {
        if (unitId === null) continue;
        const joining = { id: newId(), memberId: member.id, unit: found(units.get(unitId)), type: draft.type, on };
        history = [...history, ...decided(planJoin(history, joining)).open];
      }
      opened.push(...history);
    }
    await this.members.write({ close: [], open: opened });
    return opened;
  }

  async edit(id: string, version: number, changes: Partial<MemberDetails>): Promise<MemberEntity> {
    return this.uow.run(async () => {
      const before = found(await this.members.locked(id));
      const unitId = await this.requireInScope('org.write', id);
      const after = withKeys({ ...before, ...changes });
      requireOrder(after);
      const { id: _id, version: _version, ...fields } = after;
      try {
        if (!(await this.members.change(id, version, fields))) throw new OrgRefused('resource.conflict');
      } catch (error) {
        throw asTaken(error, after.staffNumber);
      }
      const payload = { fields: Object.keys(changes) };
      await this.outbox.add({ type: 'org.member.updated', subjectType: 'member', subjectId: id, unitId, payload });
      return { ...after, version: version + 1 };
    });
  }

  /** A unit of the person within the scope; refuses 'resource.not-found' where he stands in none. */
  async requireInScope(permission: Permission, memberId: string): Promise<string> {
    const scope = await this.access.scope(permission);
    const today = this.today.date();
    const history = await this.members.historyOf(memberId);
    const places = history.filter((row) => holdsOn(row, today) && scope.includes(row.unitId));
    const place = places.find((row) => row.standing === 'primary' && row.tree === 'party') ?? places[0];
    return found(place).unitId;
  }

  private memberOf(draft: NewMember): MemberEntity {
    const member = withKeys({
      id: newId(),
      staffNumber: draft.staffNumber,
      staffNumberKey: '',
      name: draft.name,
      nameKey: '',
      gender: draft.gender ?? null,
      joinedOn: draft.joinedOn ?? null,
      fullSince: draft.fullSince ?? null,
      phone: draft.phone ?? null,
      createdAt: this.clock.now(),
      version: 1,
    });
    requireOrder(member);
    return member;
  }
}

function withKeys(member: MemberEntity): MemberEntity {
  const staffNumber = member.staffNumber.trim();
  const name = member.name.trim();
  return { ...member, staffNumber, name, staffNumberKey: normalText(staffNumber), nameKey: normalText(name) };
}

function requireOrder({ joinedOn, fullSince }: MemberEntity): void {
  if (joinedOn && fullSince && fullSince < joinedOn) throw new OrgRefused('org.member.dates-out-of-order');
}

function asTaken(error: unknown, staffNumber: string): unknown {
  const taken = error instanceof UniqueViolation && error.constraint === 'uq_member_staff_number';
  return taken ? new OrgRefused('org.member.staff-number-taken', { staffNumber }) : error;
}
