import { Injectable } from '@nestjs/common';
import type { Page } from '@xuekao/contracts';
import { Access, toPage } from '@xuekao/platform';
import { notFound } from './schedule.errors.js';
import { SessionQuery } from './session.query.js';
import type { SessionFilter, SessionLine } from './session.query.js';
import { SessionStore } from './session.store.js';
import type { StoredSession } from './session.store.js';

export type SessionListQuery = Omit<SessionFilter, 'unitIds'> & {
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** Finds sessions within the actor's scope; what is outside does not exist for him. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly store: SessionStore,
    private readonly query: SessionQuery,
    private readonly access: Access,
  ) {}

  /** Refuses 'resource.not-found' outside the units in which the actor may read sessions. */
  async get(id: string): Promise<StoredSession> {
    const session = await this.store.find(id);
    if (!session) throw notFound();
    await this.access.require('session.read', session.head.ownerUnitId);
    return session;
  }

  /** As {@link get}, for someone who runs the session. */
  async getToManage(id: string): Promise<StoredSession> {
    const session = await this.store.find(id);
    if (!session) throw notFound();
    await this.access.require('session.manage', session.head.ownerUnitId);
    return session;
  }

  async list(query: SessionListQuery): Promise<Page<SessionLine>> {
    const { limit, cursor, ...filter } = query;
    const { unitIds } = await this.access.scope('session.read');
    const { lines, total } = await this.query.page({ ...filter, unitIds }, limit, cursor);
    return toPage(lines, limit, total, ({ head }) => [head.plannedStartAt, head.id]);
  }

  /** The sessions of a month `YYYY-MM` within the actor's scope, oldest first. */
  async month(
    month: string,
    filter: Pick<SessionFilter, 'ownerUnitId' | 'type'> = {},
  ): Promise<readonly SessionLine[]> {
    const { unitIds } = await this.access.scope('session.read');
    return this.query.days({ ...filter, unitIds, from: `${month}-01`, to: `${month}-31` });
  }
}
