import { Injectable } from '@nestjs/common';
import type { SessionState, SessionType } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { decodeCursor, likePattern } from '@xuekao/platform';
import type { SelectQueryBuilder } from 'typeorm';
import { attendanceCounts } from './core/index.js';
import type { AttendanceCounts } from './core/index.js';
import { AttendanceEntity, GuestEntity, SessionEntity, SessionItemEntity } from './session.entity.js';

/** Absent fields do not filter; `unitIds` is the reader's scope, and days are inclusive. */
export interface SessionFilter {
  readonly unitIds: ReadonlySet<string>;
  readonly ownerUnitId?: string | undefined;
  readonly type?: SessionType | undefined;
  readonly state?: SessionState | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
}

export interface SessionLine {
  readonly head: SessionEntity;
  readonly items: readonly SessionItemEntity[];
  readonly counts: AttendanceCounts;
}

/** A session seen by one member: his own attendance row and nobody else's. */
export interface MySession {
  readonly head: SessionEntity;
  readonly items: readonly SessionItemEntity[];
  readonly mine: AttendanceEntity;
}

@Injectable()
export class SessionQuery {
  constructor(private readonly uow: UnitOfWork) {}

  /** Newest planned start first; up to `limit + 1` lines from the cursor on, and the whole number. */
  async page(filter: SessionFilter, limit: number, cursor?: string): Promise<{ lines: SessionLine[]; total: number }> {
    if (filter.unitIds.size === 0) return { lines: [], total: 0 };
    const query = this.filtered(filter);
    const total = await query.getCount();
    const after = decodeCursor(cursor);
    if (after) {
      query.andWhere('(session.plannedStartAt < :at OR (session.plannedStartAt = :at AND session.id < :id))', {
        at: after[0],
        id: after[1],
      });
    }
    query.orderBy('session.plannedStartAt', 'DESC').addOrderBy('session.id', 'DESC');
    return { lines: await this.linesOf(await query.limit(limit + 1).getMany()), total };
  }

  /** All sessions of some days, oldest first: for the calendar. */
  async days(filter: SessionFilter & { readonly from: string; readonly to: string }): Promise<SessionLine[]> {
    if (filter.unitIds.size === 0) return [];
    return this.linesOf(await this.filtered(filter).orderBy('session.plannedStartAt').getMany());
  }

  private filtered(filter: SessionFilter): SelectQueryBuilder<SessionEntity> {
    const query = this.uow.manager.createQueryBuilder(SessionEntity, 'session');
    query.where('session.ownerUnitId IN (:...unitIds)', { unitIds: [...filter.unitIds] });
    const { ownerUnitId, type, state, from, to, q } = filter;
    if (ownerUnitId) query.andWhere('session.ownerUnitId = :ownerUnitId', { ownerUnitId });
    if (state) query.andWhere('session.state = :state', { state });
    if (from) query.andWhere('session.localDate >= :from', { from });
    if (to) query.andWhere('session.localDate <= :to', { to });
    if (q) query.andWhere("session.title LIKE :q ESCAPE '!'", { q: likePattern(q) });
    if (type) {
      const items = query.subQuery().select('1').from(SessionItemEntity, 'item');
      items.where('item.sessionId = session.id AND item.type = :type');
      query.andWhere(`EXISTS ${items.getQuery()}`, { type });
    }
    return query;
  }

  /** Published, closed and archived sessions on whose roster the member is, newest first. */
  async ofMember(memberId: string, limit: number): Promise<MySession[]> {
    const query = this.uow.manager.createQueryBuilder(AttendanceEntity, 'mine');
    query.innerJoin(SessionEntity, 'session', 'session.id = mine.sessionId');
    query.where('mine.memberId = :memberId', { memberId });
    const rows = await query.orderBy('session.plannedStartAt', 'DESC').limit(limit).getMany();
    return this.mySessions(rows);
  }

  async oneOfMember(memberId: string, sessionId: string): Promise<MySession | null> {
    const rows = await this.uow.manager.findBy(AttendanceEntity, { memberId, sessionId });
    return (await this.mySessions(rows))[0] ?? null;
  }

  private async mySessions(rows: readonly AttendanceEntity[]): Promise<MySession[]> {
    const ids = rows.map((row) => row.sessionId);
    const heads = new Map((await this.headsOf(ids)).map((head) => [head.id, head]));
    const items = bySession(await this.itemsOf(ids));
    return rows.map((mine) => ({
      head: heads.get(mine.sessionId)!,
      items: items.get(mine.sessionId) ?? [],
      mine,
    }));
  }

  private async linesOf(heads: readonly SessionEntity[]): Promise<SessionLine[]> {
    const ids = heads.map((head) => head.id);
    const items = bySession(await this.itemsOf(ids));
    const attendance = bySession(await this.attendanceOf(ids));
    const guests = bySession(await this.guestsOf(ids));
    return heads.map((head) => ({
      head,
      items: items.get(head.id) ?? [],
      counts: attendanceCounts(attendance.get(head.id) ?? [], guests.get(head.id) ?? []),
    }));
  }

  private async headsOf(ids: readonly string[]): Promise<SessionEntity[]> {
    return inChunks(ids, (some) =>
      this.uow.manager.createQueryBuilder(SessionEntity, 'row').where('row.id IN (:...some)', { some }).getMany(),
    );
  }

  itemsOf(sessionIds: readonly string[]): Promise<SessionItemEntity[]> {
    return inChunks(sessionIds, (some) =>
      this.uow.manager
        .createQueryBuilder(SessionItemEntity, 'row')
        .where('row.sessionId IN (:...some)', { some })
        .orderBy('row.number')
        .getMany(),
    );
  }

  attendanceOf(sessionIds: readonly string[]): Promise<AttendanceEntity[]> {
    return inChunks(sessionIds, (some) =>
      this.uow.manager
        .createQueryBuilder(AttendanceEntity, 'row')
        .where('row.sessionId IN (:...some)', { some })
        .orderBy('row.memberId')
        .getMany(),
    );
  }

  guestsOf(sessionIds: readonly string[]): Promise<GuestEntity[]> {
    return inChunks(sessionIds, (some) =>
      this.uow.manager.createQueryBuilder(GuestEntity, 'row').where('row.sessionId IN (:...some)', { some }).getMany(),
    );
  }
}

/** Databases limit the number of parameters of a statement. */
async function inChunks<T>(ids: readonly string[], query: (some: readonly string[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = [];
  for (let start = 0; start < ids.length; start += 500) rows.push(...(await query(ids.slice(start, start + 500))));
  return rows;
}

export function bySession<T extends { readonly sessionId: string }>(rows: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.sessionId);
    if (group) group.push(row);
    else groups.set(row.sessionId, [row]);
  }
  return groups;
}
