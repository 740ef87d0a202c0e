import { Injectable } from '@nestjs/common';
import { memberPermissions, permissions, type Permission } from '@xuekao/contracts';
import { permits, RoleService, roleOf, RosterService, Today, UnitService } from '@xuekao/org';
import { currentActor } from '@xuekao/platform';
import { AccountStore } from './account.store.js';
import type { MeDto } from './auth.dto.js';
import { AuthRefused } from './auth.errors.js';

const allPermissions = Object.keys(permissions) as Permission[];

/** What the interface must know about the one who is signed in. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly accounts: AccountStore,
    private readonly roles: RoleService,
    private readonly rosters: RosterService,
    private readonly units: UnitService,
    private readonly today: Today,
  ) {}

  async me(): Promise<MeDto> {
    const { accountId, memberId, name } = currentActor();
    const account = await this.accounts.byId(accountId);
    if (!account) throw new AuthRefused('auth.required');
    const { loginName, mustChangePassword } = account;
    const own = { accountId, memberId, name, loginName, mustChangePassword };
    if (memberId === null) {
      return { ...own, isAdministrator: false, permissions: [], roles: [], partyUnit: null, departmentUnit: null };
    }
    const held = await this.roles.heldBy(memberId);
    const units = await this.units.directory();
    const [entry] = await this.rosters.entriesOf([memberId], this.today.date());
    const unitOf = (id: string | null | undefined): { id: string; name: string } | null => {
      const unit = units.get(id ?? '');
      return unit ? { id: unit.id, name: unit.name } : null;
    };
    return {
      ...own,
      isAdministrator: held.some((row) => roleOf(row.role).administrator !== undefined),
      permissions: allPermissions.filter(
        (permission) => memberPermissions.includes(permission) || held.some((row) => permits(row.role, permission)),
      ),
      roles: held.map(({ role, unitId, from, to }) => ({
        role,
        roleName: roleOf(role).name,
        unitId,
        unitName: units.get(unitId)?.name ?? '',
        from,
        to,
      })),
      partyUnit: unitOf(entry?.partyUnitId),
      departmentUnit: unitOf(entry?.departmentUnitId),
    };
  }
}
