import { Injectable } from '@nestjs/common';
import { forUpdate, insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import { periodOf } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { creditsOf } from './core/index.js';
import type { Attendance, Session, SessionHead } from './core/index.js';
import { AttendanceEntity, ErratumEntity, GuestEntity, SessionEntity, SessionItemEntity } from './session.entity.js';
import { StudyCreditEntity } from './study-hours.entity.js';

/** A session with what only the store and the check-in code need. */
export interface StoredSession extends Session {
  readonly head: SessionHead & Pick<SessionEntity, 'version' | 'checkInSecret' | 'localDate' | 'year' | 'createdAt'>;
}

const headColumns = [
  'ownerUnitId',
  'title',
  'state',
  'level',
  'campaignTag',
  'studiesPartyBuilding',
  'audience',
  'place',
  'onlineLink',
  'plannedStartAt',
  'plannedEndAt',
  'checkInOpensAt',
  'checkInClosesAt',
  'people',
  'agenda',
  'startedAt',
  'endedAt',
  'record',
  'rosterOn',
  'publishedAt',
  'closedAt',
  'archivedAt',
  'cancelledAt',
  'cancelReason',
] as const satisfies readonly (keyof SessionHead)[];

const headValues = (head: SessionHead): Partial<SessionEntity> =>
  Object.fromEntries(headColumns.map((column) => [column, head[column]]));

/** Loads and saves whole sessions; lists are in `session.query.ts`. */
@Injectable()
export class SessionStore {
  constructor(private readonly uow: UnitOfWork) {}

  async insert(session: Session, own: { checkInSecret: string; createdAt: Instant; zone: string }): Promise<void> {
    const { checkInSecret, createdAt, zone } = own;
    const { head, items } = session;
    const period = periodOf(head.plannedStartAt, zone);
    await insertRows(this.uow, SessionEntity, [
      { id: head.id, ...headValues(head), ...period, checkInSecret, createdAt, version: 1 },
    ]);
    await insertRows(
      this.uow,
      SessionItemEntity,
      items.map((item) => ({ ...item, sessionId: head.id })),
    );
  }

  async find(id: string): Promise<StoredSession | null> {
    const head = await this.uow.manager.findOneBy(SessionEntity, { id });
    return head && this.withParts(head, null);
  }

  /** Locks the session for the running transaction. With `memberIds`, only those people's attendance is loaded. */
  async findForUpdate(id: string, memberIds: readonly string[] | null): Promise<StoredSession | null> {
    const query = this.uow.manager.createQueryBuilder(SessionEntity, 'session').where('session.id = :id', { id });
    const head = await forUpdate(query, this.uow).getOne();
    return head && this.withParts(head, memberIds);
  }

  private async withParts(head: SessionEntity, memberIds: readonly string[] | null): Promise<StoredSession> {
    const sessionId = head.id;
    const { manager } = this.uow;
    const attendance = manager
      .createQueryBuilder(AttendanceEntity, 'row')
      .where('row.sessionId = :sessionId', { sessionId })
      .orderBy('row.memberId');
    if (memberIds) attendance.andWhere('row.memberId IN (:...memberIds)', { memberIds: ['', ...memberIds] });
    return {
      head,
      items: await manager.find(SessionItemEntity, { where: { sessionId }, order: { number: 'ASC' } }),
      attendance: await attendance.getMany(),
      guests: await manager.find(GuestEntity, { where: { sessionId }, order: { id: 'ASC' } }),
      errata: await manager.find(ErratumEntity, { where: { sessionId }, order: { number: 'ASC' } }),
    };
  }

  /** Writes what differs: rows that the decision did not touch keep their identity. Call inside the loading transaction. */
  async save(before: StoredSession, after: Session, zone: string): Promise<void> {
    await this.saveItems(before, after);
    if (after.head !== before.head || after.items !== before.items) await this.saveHead(before, after.head, zone);
    await this.saveAttendance(before, after);
    const sessionId = after.head.id;
    const guests = after.guests.slice(before.guests.length);
    await insertRows(
      this.uow,
      GuestEntity,
      guests.map((guest) => ({ ...guest, sessionId })),
    );
    const errata = after.errata.slice(before.errata.length);
    await insertRows(
      this.uow,
      ErratumEntity,
      errata.map((erratum) => ({ ...erratum, sessionId })),
    );
    await this.saveCredits(before, after, zone);
  }

  private async saveHead(before: StoredSession, head: SessionHead, zone: string): Promise<void> {
    const period = periodOf(head.startedAt ?? head.plannedStartAt, zone);
    await this.uow.manager
      .createQueryBuilder()
      .update(SessionEntity)
      .set({ ...headValues(head), ...period, version: before.head.version + 1 } as never)
      .where({ id: head.id })
      .execute();
  }

  /** A revised programme replaces all items: nothing refers to them before the session is archived. */
  private async saveItems(before: StoredSession, after: Session): Promise<void> {
    if (after.items === before.items) return;
    const sessionId = after.head.id;
    await this.uow.manager.createQueryBuilder().delete().from(SessionItemEntity).where({ sessionId }).execute();
    const rows = after.items.map((item) => ({ ...item, sessionId }));
    await insertRows(this.uow, SessionItemEntity, rows);
  }

  private async saveAttendance(before: StoredSession, after: Session): Promise<void> {
    if (after.attendance === before.attendance) return;
    const sessionId = after.head.id;
    const known = new Map(before.attendance.map((row) => [row.memberId, row]));
    const added = after.attendance.filter((row) => !known.has(row.memberId));
    await insertRows(
      this.uow,
      AttendanceEntity,
      added.map((row) => ({ ...row, sessionId })),
    );
    for (const row of after.attendance) {
      const old = known.get(row.memberId);
      if (old && old !== row) await this.updateAttendance(sessionId, row);
    }
  }

  private async updateAttendance(sessionId: string, row: Attendance): Promise<void> {
    const { memberId, ...values } = row;
    await this.uow.manager
      .createQueryBuilder()
      .update(AttendanceEntity)
      .set({ ...values, sessionId } as never)
      .where({ sessionId, memberId })
      .execute();
  }

  /** All credits on archiving, later those of people who made the study up. */
  private async saveCredits(before: StoredSession, after: Session, zone: string): Promise<void> {
    const { head } = after;
    const known = new Set(before.head.state === 'archived' ? before.attendance : []);
    const attendance = after.attendance.filter((row) => !known.has(row));
    const { localDate, year } = periodOf(head.startedAt ?? head.plannedStartAt, zone);
    const rows = creditsOf({ ...after, attendance }).map((credit) => ({
      ...credit,
      sessionId: head.id,
      localDate,
      year,
    }));
    await insertIgnore(this.uow, StudyCreditEntity, rows);
  }
}
