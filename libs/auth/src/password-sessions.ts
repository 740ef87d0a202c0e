import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { SessionEvents } from './session-events.js';
import { SessionGate } from './session-gate.js';
import { SessionStore, type RevokeReason } from './session.store.js';

/** What changes of an account do to its sessions, and what they tell. */
@Injectable()
export class PasswordSessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly gate: SessionGate,
    private readonly events: SessionEvents,
  ) {}

  now(): Instant {
    return this.events.clock.now();
  }

  /** After a change of one's own password: only the device it was changed on stays. */
  async endOthers(accountId: string, sessionId: string | null): Promise<void> {
    await this.sessions.revokeAll(accountId, 'password-changed', this.now(), sessionId ?? undefined);
    await this.events.tell('auth.password.changed', accountId, {});
    this.uow.afterCommit(() => this.gate.forget(accountId));
  }

  async endAll(accountId: string, reason: RevokeReason): Promise<void> {
    await this.sessions.revokeAll(accountId, reason, this.now());
    this.uow.afterCommit(() => this.gate.forget(accountId));
  }

  async tellWrong(accountId: string): Promise<void> {
    await this.uow.run(() => this.events.tell('auth.password.refused', accountId, { reason: 'wrong' }));
  }

  tell(type: string, accountId: string, payload: object, reason?: string): Promise<void> {
    return this.events.tell(type, accountId, payload, reason);
  }
}
