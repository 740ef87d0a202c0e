import { Injectable } from '@nestjs/common';
import { forUpdate, insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { In, LessThanOrEqual } from 'typeorm';
import { AccountEntity, PasswordHistoryEntity, SignInGuardEntity } from './auth.entity.js';
import { noFailures, type SignInGuard } from './core/index.js';

@Injectable()
export class AccountStore {
  constructor(private readonly uow: UnitOfWork) {}

  byKey(loginKey: string): Promise<AccountEntity | null> {
    return this.uow.manager.findOneBy(AccountEntity, { loginKey });
  }

  byId(id: string): Promise<AccountEntity | null> {
    return this.uow.manager.findOneBy(AccountEntity, { id });
  }

  byMembers(memberIds: readonly string[]): Promise<AccountEntity[]> {
    return memberIds.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(AccountEntity, { memberId: In(memberIds) });
  }

  byIds(ids: readonly string[]): Promise<AccountEntity[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.uow.manager.findBy(AccountEntity, { id: In(ids) });
  }

  locked(id: string): Promise<AccountEntity | null> {
    const query = this.uow.manager.createQueryBuilder(AccountEntity, 'account').where('account.id = :id', { id });
    return forUpdate(query, this.uow).getOne();
  }

  isEmpty(): Promise<boolean> {
    return this.uow.manager.exists(AccountEntity).then((exists) => !exists);
  }

  async insert(account: AccountEntity): Promise<void> {
    await insertRows(this.uow, AccountEntity, [account]);
    await this.remember(account.id, 1, account.passwordHash);
  }

  async change(id: string, changes: Partial<AccountEntity>): Promise<void> {
    await this.uow.manager.update(AccountEntity, { id }, changes);
  }

  /** The newest `count` hashes with their numbers, the current one first. */
  history(accountId: string, count: number): Promise<PasswordHistoryEntity[]> {
    return this.uow.manager.find(PasswordHistoryEntity, {
      where: { accountId },
      order: { number: 'DESC' },
      take: count,
    });
  }

  async remember(accountId: string, number: number, passwordHash: string): Promise<void> {
    await insertRows(this.uow, PasswordHistoryEntity, [{ accountId, number, passwordHash }]);
  }

  async forget(accountId: string, upToNumber: number): Promise<void> {
    await this.uow.manager.delete(PasswordHistoryEntity, { accountId, number: LessThanOrEqual(upToNumber) });
  }

  /** The guard of a login name, made where it is missing, and held until the end of the transaction. */
  async lockedGuard(loginDigest: string, now: Instant): Promise<SignInGuard> {
    const read = (): Promise<SignInGuardEntity | null> => {
      const query = this.uow.manager.createQueryBuilder(SignInGuardEntity, 'guard');
      return forUpdate(query.where('guard.loginDigest = :loginDigest', { loginDigest }), this.uow).getOne();
    };
    const existing = await read();
    if (existing) return existing;
    await insertIgnore(this.uow, SignInGuardEntity, { loginDigest, ...noFailures, updatedAt: now });
    return (await read()) ?? noFailures;
  }

  async setGuard(loginDigest: string, guard: SignInGuard, now: Instant): Promise<void> {
    const { failures, lockedUntil } = guard;
    await this.uow.manager.update(SignInGuardEntity, { loginDigest }, { failures, lockedUntil, updatedAt: now });
  }

  async sweepGuards(before: Instant): Promise<void> {
    await this.uow.manager.delete(SignInGuardEntity, { updatedAt: LessThanOrEqual(before) });
  }
}
