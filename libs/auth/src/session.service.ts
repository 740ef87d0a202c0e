import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { currentActor } from '@xuekao/platform';
import { AccountStore } from './account.store.js';
import type { AccountEntity, SignInSessionEntity } from './auth.entity.js';
import { AuthRefused } from './auth.errors.js';
import { accessLifeMs, decideRefresh, sessionLimits } from './core/index.js';
import { SessionEvents } from './session-events.js';
import { SessionGate, sessionIdOf } from './session-gate.js';
import { SessionStore } from './session.store.js';
import { sha256, Tokens } from './tokens.js';

export interface SignedIn {
  readonly accountId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  /** When the cookie of the refresh token may be forgotten. */
  readonly refreshExpiresAt: number;
  readonly mustChangePassword: boolean;
}

export interface Device {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly isCurrent: boolean;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly accounts: AccountStore,
    private readonly tokens: Tokens,
    private readonly gate: SessionGate,
    private readonly events: SessionEvents,
  ) {}

  /** Opens a session; inside the transaction that accepted the sign-in. */
  async open(account: AccountEntity, label: string, isAdministrator: boolean): Promise<SignedIn> {
    const now = this.events.clock.now();
    const session: SignInSessionEntity = {
      id: newId(),
      accountId: account.id,
      label,
      createdAt: now,
      lastUsedAt: now,
      idleMs: isAdministrator ? sessionLimits.administratorIdleMs : sessionLimits.idleMs,
      expiresAt: now + sessionLimits.absoluteMs,
      revokedAt: null,
      revokeReason: null,
    };
    await this.sessions.insert(session);
    const refreshToken = this.tokens.firstRefresh();
    await this.sessions.addToken(sha256(refreshToken), session.id, now);
    return this.signedIn(account, session, refreshToken);
  }

  /**
   * The next pair of tokens for the newest refresh token. Refuses 'auth.session.expired' for any other; a replaced token
   * that comes back later than the grace ends its whole session.
   */
  async refresh(refreshToken: string): Promise<SignedIn> {
    const result = await this.uow.run(() => this.tryRefresh(refreshToken));
    if (result === null) throw new AuthRefused('auth.session.expired');
    return result;
  }

  private async tryRefresh(refreshToken: string): Promise<SignedIn | null> {
    const now = this.events.clock.now();
    const digest = sha256(refreshToken);
    const sessionId = (await this.sessions.token(digest))?.sessionId;
    const session = sessionId === undefined ? null : await this.sessions.locked(sessionId);
    const token = await this.sessions.token(digest);
    if (!session || !token) return null;
    const account = await this.accounts.byId(session.accountId);
    if (!account || account.state !== 'active') return null;
    const successor = this.tokens.successorOf(refreshToken);
    const successorRow = await this.sessions.token(sha256(successor));
    const successorRotatedAt = successorRow?.rotatedAt ?? null;
    const decision = decideRefresh(session, { rotatedAt: token.rotatedAt, successorRotatedAt }, now);
    switch (decision.kind) {
      case 'ended':
        return null;
      case 'reuse':
        await this.sessions.revoke(session.id, 'reuse', now);
        await this.events.tell('auth.session.reuse-detected', account.id, { sessionId: session.id });
        this.uow.afterCommit(() => this.gate.forget(account.id));
        return null;
      case 'repeat':
        return this.signedIn(account, session, successor);
      case 'rotate':
        await this.sessions.addToken(sha256(successor), session.id, now);
        await this.sessions.rotate(digest, sha256(successor), now);
        await this.sessions.touch(session.id, now);
        return this.signedIn(account, session, successor);
    }
  }

  /** Ends the session of the refresh token; an unknown token is signed out already. */
  async signOut(refreshToken: string): Promise<void> {
    await this.uow.run(async () => {
      const token = await this.sessions.token(sha256(refreshToken));
      const session = token && (await this.sessions.byId(token.sessionId));
      if (session && session.revokedAt === null) await this.end(session, 'signed-out');
    });
  }

  /** The actor's signed-in devices, the last used first. */
  async devices(): Promise<Device[]> {
    const actor = currentActor();
    const open = await this.sessions.openOf(actor.accountId, this.events.clock.now());
    return open.map(({ id, label, createdAt, lastUsedAt }) => ({
      id,
      label,
      createdAt,
      lastUsedAt,
      isCurrent: id === sessionIdOf(actor),
    }));
  }

  /** Signs one device of the actor out. Refuses 'resource.not-found' for what is not his. */
  async endDevice(id: string): Promise<void> {
    await this.uow.run(async () => {
      const session = await this.sessions.byId(id);
      if (!session || session.accountId !== currentActor().accountId) throw new AuthRefused('resource.not-found');
      await this.end(session, 'signed-out-elsewhere');
    });
  }

  /** Signs every device of the actor out, this one too. */
  async endEverywhere(): Promise<void> {
    const { accountId } = currentActor();
    await this.uow.run(async () => {
      await this.sessions.revokeAll(accountId, 'signed-out-elsewhere', this.events.clock.now());
      await this.events.tell('auth.signed-out-everywhere', accountId, {});
      this.uow.afterCommit(() => this.gate.forget(accountId));
    });
  }

  private async end(session: SignInSessionEntity, reason: 'signed-out' | 'signed-out-elsewhere'): Promise<void> {
    await this.sessions.revoke(session.id, reason, this.events.clock.now());
    await this.events.tell('auth.signed-out', session.accountId, { sessionId: session.id, reason });
    this.uow.afterCommit(() => this.gate.forget(session.accountId));
  }

  private async signedIn(
    account: AccountEntity,
    session: SignInSessionEntity,
    refreshToken: string,
  ): Promise<SignedIn> {
    const life = this.events.clock.now() + accessLifeMs(session.idleMs);
    const accessExpiresAt = Math.min(life, session.expiresAt);
    return {
      accountId: account.id,
      accessToken: await this.tokens.access(account.id, session.id, accessExpiresAt),
      accessExpiresAt,
      refreshToken,
      refreshExpiresAt: session.expiresAt,
      mustChangePassword: account.mustChangePassword,
    };
  }
}
