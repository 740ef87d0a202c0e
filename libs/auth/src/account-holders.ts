import { Injectable } from '@nestjs/common';
import { AccountStore } from './account.store.js';

/** Who holds which active account, for apps that bind ports of other libs. Asks for no right: the caller has looked. */
@Injectable()
export class AccountHolders {
  constructor(private readonly accounts: AccountStore) {}

  /** Account ids by member; who has none, or a disabled one, is missing. */
  async accountsOf(memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const active = (await this.accounts.byMembers(memberIds)).filter(({ state }) => state === 'active');
    return new Map(active.flatMap(({ id, memberId }) => (memberId === null ? [] : [[memberId, id]])));
  }

  /** Member ids by account. */
  async membersOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const active = (await this.accounts.byIds(accountIds)).filter(({ state }) => state === 'active');
    return new Map(active.flatMap(({ id, memberId }) => (memberId === null ? [] : [[id, memberId]])));
  }
}
