import { Injectable } from '@nestjs/common';
import type { Page } from '@xuekao/contracts';
import { MemberDirectory, MemberQuery, MemberService, RoleService, type MemberCard, type MemberRow } from '@xuekao/org';
import { AuthRefused } from './auth.errors.js';

/** The people whose accounts the actor may keep. */
@Injectable()
export class AccountPeople {
  constructor(
    private readonly query: MemberQuery,
    private readonly members: MemberService,
    private readonly directory: MemberDirectory,
    private readonly roles: RoleService,
  ) {}

  isAdministrator(memberId: string): Promise<boolean> {
    return this.roles.isAdministrator(memberId);
  }

  list(query: { readonly q?: string; readonly cursor?: string; readonly limit: number }): Promise<Page<MemberRow>> {
    return this.query.list({ ...query, permission: 'auth.accounts' });
  }

  /** Refuses 'resource.not-found' outside the scope. */
  async inScope(memberId: string): Promise<MemberCard> {
    await this.members.requireInScope('auth.accounts', memberId);
    const card = await this.directory.byId(memberId);
    if (!card) throw new AuthRefused('resource.not-found');
    return card;
  }
}
