import { Injectable } from '@nestjs/common';
import { passwordFaults, type PasswordFault } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { currentActor } from '@xuekao/platform';
import { AccountStore } from './account.store.js';
import type { AccountEntity } from './auth.entity.js';
import { AuthRefused } from './auth.errors.js';
import { historyLength, passwordFaultsOf } from './core/index.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordSessions } from './password-sessions.js';
import { sessionIdOf } from './session-gate.js';
import { SignInPeople } from './sign-in-people.js';

/** Throws 'auth.password.weak' with every fault, in Chinese and by code. */
export function requireStrong(faults: readonly PasswordFault[]): void {
  if (faults.length === 0) return;
  const sentences = faults.map((fault) => passwordFaults[fault]).join('；');
  throw new AuthRefused('auth.password.weak', { faults: faults.join(','), sentences });
}

@Injectable()
export class PasswordService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountStore,
    private readonly hasher: PasswordHasher,
    private readonly people: SignInPeople,
    private readonly sessions: PasswordSessions,
  ) {}

  /** The actor's own. Every other device is signed out. Refuses a wrong current password, and more than ten tries a minute. */
  async change(currentPassword: string, nextPassword: string): Promise<void> {
    const actor = currentActor();
    await this.people.slowDown(`password:${actor.accountId}`, 10);
    const account = await this.accounts.byId(actor.accountId);
    if (!account) throw new AuthRefused('auth.required');
    if (!(await this.hasher.matches(account.passwordHash, currentPassword))) {
      await this.sessions.tellWrong(account.id);
      throw new AuthRefused('auth.password.wrong');
    }
    const used = await this.usedBefore(account, nextPassword);
    requireStrong([...(await this.faultsOf(account, nextPassword)), ...used]);
    const passwordHash = await this.hasher.hash(nextPassword);
    await this.uow.run(async () => {
      const current = await this.accounts.locked(account.id);
      if (current?.passwordHash !== account.passwordHash) throw new AuthRefused('resource.conflict');
      await this.write(account.id, passwordHash, false);
      await this.sessions.endOthers(account.id, sessionIdOf(actor));
    });
  }

  /** Refuses 'auth.password.weak' for a first password that breaks the policy of its owner. */
  async requireAllowed(owner: Pick<AccountEntity, 'loginName' | 'memberId'>, password: string): Promise<void> {
    requireStrong(await this.faultsOf(owner, password));
  }

  /** Stores a new hash and keeps the last five; inside a transaction that holds the account. */
  async write(accountId: string, passwordHash: string, mustChangePassword: boolean): Promise<void> {
    const passwordChangedAt = this.sessions.now();
    await this.accounts.change(accountId, { passwordHash, mustChangePassword, passwordChangedAt });
    const number = ((await this.accounts.history(accountId, 1))[0]?.number ?? 0) + 1;
    await this.accounts.remember(accountId, number, passwordHash);
    await this.accounts.forget(accountId, number - historyLength);
  }

  private async usedBefore(account: AccountEntity, password: string): Promise<PasswordFault[]> {
    for (const { passwordHash } of await this.accounts.history(account.id, historyLength)) {
      if (await this.hasher.matches(passwordHash, password)) return ['used-before'];
    }
    return [];
  }

  private async faultsOf(
    owner: Pick<AccountEntity, 'loginName' | 'memberId'>,
    password: string,
  ): Promise<readonly PasswordFault[]> {
    const { loginName, memberId } = owner;
    const staffNumber = memberId === null ? null : await this.people.staffNumberOf(memberId);
    const administrator = memberId !== null && (await this.people.isAdministrator(memberId)) ? 'yes' : 'no';
    return passwordFaultsOf({ password, names: [loginName, staffNumber ?? loginName], administrator });
  }
}
