import { Injectable } from '@nestjs/common';
import { forUpdate, insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { Between, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { RefreshTokenEntity, SignInSessionEntity } from './auth.entity.js';

export type RevokeReason = 'signed-out' | 'signed-out-elsewhere' | 'reuse' | 'password-changed' | 'reset' | 'disabled';

@Injectable()
export class SessionStore {
  constructor(private readonly uow: UnitOfWork) {}

  byId(id: string): Promise<SignInSessionEntity | null> {
    return this.uow.manager.findOneBy(SignInSessionEntity, { id });
  }

  byIds(ids: readonly string[]): Promise<SignInSessionEntity[]> {
    return this.uow.manager.findBy(SignInSessionEntity, { id: In([...ids]) });
  }

  locked(id: string): Promise<SignInSessionEntity | null> {
    const query = this.uow.manager.createQueryBuilder(SignInSessionEntity, 'session').where('session.id = :id', { id });
    return forUpdate(query, this.uow).getOne();
  }

  /** Open ones, the last used first. */
  openOf(accountId: string, now: Instant): Promise<SignInSessionEntity[]> {
    return this.uow.manager.find(SignInSessionEntity, {
      where: { accountId, revokedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  async insert(session: SignInSessionEntity): Promise<void> {
    await insertRows(this.uow, SignInSessionEntity, [session]);
  }

  async touch(id: string, lastUsedAt: Instant): Promise<void> {
    await this.uow.manager.update(SignInSessionEntity, { id }, { lastUsedAt });
  }

  /** Every open session of the account but `exceptId`. */
  async revokeAll(accountId: string, reason: RevokeReason, now: Instant, exceptId?: string): Promise<void> {
    const others = exceptId === undefined ? {} : { id: Not(exceptId) };
    const open = { accountId, revokedAt: IsNull(), ...others };
    await this.uow.manager.update(SignInSessionEntity, open, { revokedAt: now, revokeReason: reason });
  }

  async revoke(id: string, reason: RevokeReason, now: Instant): Promise<void> {
    const open = { id, revokedAt: IsNull() };
    await this.uow.manager.update(SignInSessionEntity, open, { revokedAt: now, revokeReason: reason });
  }

  /** Sessions that were revoked or ran out in this time. */
  endedBetween(from: Instant, to: Instant): Promise<Pick<SignInSessionEntity, 'id' | 'accountId'>[]> {
    return this.uow.manager.find(SignInSessionEntity, {
      select: { id: true, accountId: true },
      where: [{ revokedAt: Between(from, to) }, { expiresAt: Between(from, to) }],
    });
  }

  token(digest: string): Promise<RefreshTokenEntity | null> {
    return this.uow.manager.findOneBy(RefreshTokenEntity, { digest });
  }

  async addToken(digest: string, sessionId: string, now: Instant): Promise<void> {
    const row = { digest, sessionId, createdAt: now, rotatedAt: null, successorDigest: null };
    await insertRows(this.uow, RefreshTokenEntity, [row]);
  }

  async rotate(digest: string, successorDigest: string, now: Instant): Promise<void> {
    await this.uow.manager.update(RefreshTokenEntity, { digest }, { rotatedAt: now, successorDigest });
  }

  /** Forgets a part of the sessions that ended before; true where there may be more. */
  async sweep(before: Instant): Promise<boolean> {
    const ended = await this.uow.manager.find(SignInSessionEntity, {
      select: { id: true },
      where: { expiresAt: LessThan(before) },
      take: 200,
    });
    if (ended.length === 0) return false;
    const ids = ended.map((session) => session.id);
    await this.uow.manager.delete(RefreshTokenEntity, { sessionId: In(ids) });
    await this.uow.manager.delete(SignInSessionEntity, { id: In(ids) });
    return ended.length === 200;
  }
}
