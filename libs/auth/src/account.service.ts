import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountState, MembershipType, Page } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { currentActor } from '@xuekao/platform';
import { AccountPeople } from './account-people.js';
import { AccountStore } from './account.store.js';
import type { AccountEntity } from './auth.entity.js';
import { AuthRefused } from './auth.errors.js';
import { initialPassword, loginKeyOf, noFailures, refusalOfLoginName } from './core/index.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordSessions } from './password-sessions.js';
import { PasswordService } from './password.service.js';
import { sha256 } from './tokens.js';

export interface AccountRow {
  readonly memberId: string;
  readonly memberName: string;
  readonly staffNumber: string;
  readonly type: MembershipType;
  readonly account: Pick<AccountEntity, 'id' | 'loginName' | 'state' | 'mustChangePassword' | 'lastSignInAt'> | null;
}

export interface NewAccount {
  readonly id: string;
  readonly memberId: string | null;
  readonly loginName: string;
  /** Shown once and stored nowhere; it must be changed at the first sign-in. */
  readonly initialPassword: string;
}

/** Accounts of members. Who may: `auth.accounts` in a unit of the member. */
@Injectable()
export class AccountService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: AccountStore,
    private readonly people: AccountPeople,
    private readonly passwords: PasswordService,
    private readonly hasher: PasswordHasher,
    private readonly sessions: PasswordSessions,
  ) {}

  /** People of the actor's scope with or without an account, by staff number. */
  async list(query: {
    readonly q?: string;
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Page<AccountRow>> {
    const page = await this.people.list(query);
    const accounts = await this.accounts.byMembers(page.items.map((row) => row.id));
    const byMember = new Map(accounts.map((account) => [account.memberId, account]));
    const items = page.items.map(({ id, name, staffNumber, type }) => ({
      memberId: id,
      memberName: name,
      staffNumber,
      type,
      account: byMember.get(id) ?? null,
    }));
    return { ...page, items };
  }

  /** Login name = staff number where none is given. */
  async create(memberId: string, loginName?: string): Promise<NewAccount> {
    const member = await this.people.inScope(memberId);
    const name = loginName ?? member.staffNumber;
    const password = initialPassword((below) => randomInt(below), [name, member.staffNumber]);
    const account = await this.provision({ memberId, loginName: name, password, mustChangePassword: true });
    return { id: account.id, memberId, loginName: account.loginName, initialPassword: password };
  }

  /** As {@link create} for many; who has an account already is passed over. */
  async createMany(memberIds: readonly string[]): Promise<NewAccount[]> {
    const existing = new Set((await this.accounts.byMembers(memberIds)).map((account) => account.memberId));
    const created: NewAccount[] = [];
    for (const memberId of new Set(memberIds)) if (!existing.has(memberId)) created.push(await this.create(memberId));
    return created;
  }

  /**
   * A new initial password, shown once. Ends every session and every lock. Refuses the three administrators' accounts:
   * who could reset one could act as him.
   */
  async reset(id: string, reason: string): Promise<NewAccount> {
    return this.renew(await this.ofOther(id), reason);
  }

  /** As {@link reset} for any account, without asking who does: for the operator at the machine. */
  async resetByOperator(loginName: string, reason: string): Promise<NewAccount> {
    const account = await this.accounts.byKey(loginKeyOf(loginName));
    if (!account) throw new AuthRefused('resource.not-found');
    return this.renew(account, reason);
  }

  async setState(id: string, state: AccountState, reason: string): Promise<void> {
    await this.ofOther(id);
    await this.uow.run(() => this.putState(id, state, reason));
  }

  /** Closes the account of who has left the organisation; inside a transaction. Nothing where he has none. */
  async closeOf(memberId: string, reason: string): Promise<void> {
    const [account] = await this.accounts.byMembers([memberId]);
    if (account && account.state === 'active') await this.putState(account.id, 'disabled', reason);
  }

  /**
   * An account without asking who makes it: for the first setting up, the operator's tool and the demo. The password
   * obeys the policy. Refuses a taken login name and a member who has an account.
   */
  async provision(draft: {
    readonly memberId: string;
    readonly loginName: string;
    readonly password: string;
    readonly mustChangePassword: boolean;
  }): Promise<AccountEntity> {
    const { memberId, loginName, password, mustChangePassword } = draft;
    const refused = refusalOfLoginName(loginName);
    if (refused) throw new AuthRefused(refused.code, refused.facts);
    await this.passwords.requireAllowed({ loginName, memberId }, password);
    const passwordHash = await this.hasher.hash(password);
    return this.uow.run(() => this.insert({ memberId, loginName, passwordHash, mustChangePassword }));
  }

  /** As {@link provision}, with the hash made; inside a transaction. */
  async insert(draft: Pick<AccountEntity, 'loginName' | 'passwordHash' | 'mustChangePassword'> & { memberId: string }) {
    const now = this.sessions.now();
    const account: AccountEntity = {
      id: newId(),
      ...draft,
      loginName: draft.loginName.trim(),
      loginKey: loginKeyOf(draft.loginName),
      passwordChangedAt: now,
      state: 'active',
      createdAt: now,
      lastSignInAt: null,
    };
    const [existing] = await this.accounts.byMembers([draft.memberId]);
    if (existing) throw new AuthRefused('auth.account.member-has-account', { loginName: existing.loginName });
    try {
      await this.accounts.insert(account);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new AuthRefused('auth.account.login-taken', { loginName: account.loginName });
    }
    await this.sessions.tell('auth.account.created', account.id, { memberId: draft.memberId });
    return account;
  }

  private async putState(id: string, state: AccountState, reason: string): Promise<void> {
    const account = await this.accounts.locked(id);
    await this.accounts.change(id, { state });
    if (state === 'disabled') await this.sessions.endAll(id, 'disabled');
    const type = state === 'disabled' ? 'auth.account.disabled' : 'auth.account.enabled';
    await this.sessions.tell(type, id, { memberId: account?.memberId ?? null }, reason);
  }

  private async renew({ id, loginName, loginKey, memberId }: AccountEntity, reason: string): Promise<NewAccount> {
    const password = initialPassword((below) => randomInt(below), [loginName]);
    const passwordHash = await this.hasher.hash(password);
    await this.uow.run(async () => {
      await this.accounts.locked(id);
      await this.passwords.write(id, passwordHash, true);
      await this.accounts.setGuard(sha256(loginKey), noFailures, this.sessions.now());
      await this.sessions.endAll(id, 'reset');
      await this.sessions.tell('auth.password.reset', id, { memberId }, reason);
    });
    return { id, memberId, loginName, initialPassword: password };
  }

  /** An account of somebody else within the scope. */
  private async ofOther(id: string): Promise<AccountEntity> {
    const account = await this.accounts.byId(id);
    if (!account?.memberId) throw new AuthRefused('resource.not-found');
    await this.people.inScope(account.memberId);
    if (currentActor().accountId === id) throw new AuthRefused('auth.account.own');
    if (await this.people.isAdministrator(account.memberId)) throw new AuthRefused('auth.account.administrator');
    return account;
  }
}
