import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { Access, AppConfig, Outbox } from '@xuekao/platform';
import { decideSession, evolveSession } from './core/index.js';
import type { Session, SessionCommand } from './core/index.js';
import { allowed, notFound } from './schedule.errors.js';
import { marksEventOf, outboxEventOf } from './schedule.events.js';
import { SessionStore } from './session.store.js';
import type { StoredSession } from './session.store.js';

/** A command, or how to make it from the locked session. */
type CommandFor = SessionCommand | ((session: StoredSession) => SessionCommand);

/** Load under lock, decide, save with its events: the one way in which a stored session changes. */
@Injectable()
export class SessionDecisions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: SessionStore,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly config: AppConfig,
  ) {}

  /** Stores a new draft; the caller has checked the owner unit. */
  open(draft: Session, own: { readonly checkInSecret: string; readonly createdAt: Instant }): Promise<void> {
    return this.uow.run(() => this.store.insert(draft, { ...own, zone: this.config.zone }));
  }

  /** For an organiser: refuses 'resource.not-found' outside his units. */
  asOrganiser(id: string, command: CommandFor): Promise<Session> {
    return this.uow.run(async () => {
      const session = await this.store.findForUpdate(id, null);
      if (!session) throw notFound();
      await this.access.require('session.manage', session.head.ownerUnitId);
      return this.decide(session, command);
    });
  }

  /** For a member's own row: only that row is loaded and changed. */
  asMember(id: string, memberId: string, command: CommandFor): Promise<Session> {
    return this.uow.run(async () => {
      const session = await this.store.findForUpdate(id, [memberId]);
      if (!session || session.attendance.length === 0) throw notFound();
      return this.decide(session, command);
    });
  }

  private async decide(before: StoredSession, command: CommandFor): Promise<Session> {
    const events = allowed(decideSession(before, typeof command === 'function' ? command(before) : command));
    if (events.length === 0) return before;
    let after: Session = before;
    const told = [];
    for (const event of events) {
      after = evolveSession(after, event);
      told.push(outboxEventOf(event, after));
    }
    await this.store.save(before, after, this.config.zone);
    told.push(marksEventOf(events, after));
    for (const event of told) if (event) await this.outbox.add(event);
    return after;
  }
}
