import { Injectable } from '@nestjs/common';
import { affectedBy, forUpdate, insertIgnore, insertRows, UniqueViolation, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { genesisHash, RoomLog, StaleOwner } from './room-log.js';
import type { ClaimedRoom, LogRow, RoomLease, Snapshot } from './room-log.js';
import { RoomEventRow, RoomLeaseRow, RoomRow, RoomSnapshotRow } from './rooms.entity.js';

/** The log in the database, and the few things asked about rooms besides. */
@Injectable()
export class RoomStore extends RoomLog {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  /** Within the caller's transaction: the room exists together with its first row, or not at all. */
  async create(kind: string, first: LogRow): Promise<void> {
    const { roomId } = first;
    await insertRows(this.uow, RoomRow, [{ id: roomId, kind, createdAt: first.at, closedAt: null }]);
    const lease = { roomId, epoch: 0, owner: '', headSeq: first.seq, headHash: first.hash, lastAliveAt: null };
    await insertRows(this.uow, RoomLeaseRow, [lease]);
    await insertRows(this.uow, RoomEventRow, [first]);
  }

  afterCommit(action: () => void): void {
    this.uow.afterCommit(action);
  }

  find(roomId: string): Promise<RoomRow | null> {
    return this.uow.manager.findOneBy(RoomRow, { id: roomId });
  }

  /** Within the caller's transaction. False when it was closed before. */
  async close(roomId: string, at: Instant): Promise<boolean> {
    const update = this.uow.manager.createQueryBuilder().update(RoomRow).set({ closedAt: at });
    return (await update.where('id = :roomId AND closedAt IS NULL', { roomId }).execute()).affected === 1;
  }

  /** Within the caller's transaction: nothing is left of the room; its owner, if any, can write no more. */
  async erase(roomId: string): Promise<void> {
    for (const entity of [RoomSnapshotRow, RoomEventRow, RoomLeaseRow]) {
      await this.uow.manager.createQueryBuilder().delete().from(entity).where({ roomId }).execute();
    }
    await this.uow.manager.createQueryBuilder().delete().from(RoomRow).where({ id: roomId }).execute();
  }

  /** Ids of every room, oldest first. */
  async roomIds(): Promise<string[]> {
    const rows = await this.uow.manager.find(RoomRow, { select: { id: true }, order: { createdAt: 'ASC', id: 'ASC' } });
    return rows.map((row) => row.id);
  }

  async head(roomId: string): Promise<{ readonly seq: number; readonly hash: string }> {
    const lease = await this.uow.manager.findOneBy(RoomLeaseRow, { roomId });
    return { seq: lease?.headSeq ?? 0, hash: lease?.headHash ?? genesisHash(roomId) };
  }

  /** Open rooms that somebody ran after `since`. */
  async unfinished(since: Instant): Promise<string[]> {
    const leases = await this.uow.manager
      .createQueryBuilder(RoomLeaseRow, 'lease')
      .innerJoin(RoomRow, 'room', 'room.id = lease.roomId')
      .where('room.closedAt IS NULL AND lease.lastAliveAt > :since', { since })
      .orderBy('lease.lastAliveAt', 'DESC')
      .limit(500)
      .getMany();
    return leases.map((lease) => lease.roomId);
  }

  override claim(roomId: string, owner: string): Promise<ClaimedRoom | null> {
    return this.uow.run(async () => {
      const query = this.uow.manager.createQueryBuilder(RoomLeaseRow, 'lease').where({ roomId });
      const lease = await forUpdate(query, this.uow).getOne();
      const room = await this.find(roomId);
      if (!lease || !room) return null;
      const epoch = lease.epoch + 1;
      await this.uow.manager
        .createQueryBuilder()
        .update(RoomLeaseRow)
        .set({ epoch, owner })
        .where({ roomId })
        .execute();
      const { headSeq, headHash, lastAliveAt } = lease;
      const { kind, closedAt } = room;
      return { lease: { roomId, owner, epoch }, kind, closedAt, headSeq, headHash, lastAliveAt };
    });
  }

  /** In raw statements: a hall that answers makes hundreds of rows in a second. */
  override async append(lease: RoomLease, row: LogRow): Promise<void> {
    const { roomId, seq, epoch, at, payload, hash } = row;
    await this.uow.run(async () => {
      const held = await affectedBy(
        this.uow,
        'UPDATE room_lease SET head_seq = ?, head_hash = ?, last_alive_at = ? WHERE room_id = ? AND epoch = ? AND head_seq = ?',
        [seq, hash, at, lease.roomId, lease.epoch, seq - 1],
      );
      if (held !== 1) throw new StaleOwner(lease);
      try {
        await affectedBy(
          this.uow,
          'INSERT INTO room_event (room_id, seq, epoch, at, payload, hash) VALUES (?, ?, ?, ?, ?, ?)',
          [roomId, seq, epoch, at, payload, hash],
        );
      } catch (error) {
        if (error instanceof UniqueViolation) throw new StaleOwner(lease);
        throw error;
      }
    });
  }

  override async beat(lease: RoomLease, at: Instant): Promise<void> {
    const held = await this.uow.run(() =>
      this.uow.manager
        .createQueryBuilder()
        .update(RoomLeaseRow)
        .set({ lastAliveAt: at })
        .where('roomId = :roomId AND epoch = :epoch', { ...lease })
        .execute(),
    );
    if (held.affected !== 1) throw new StaleOwner(lease);
  }

  override async rows(roomId: string, from: number, to: number): Promise<LogRow[]> {
    return this.uow.manager
      .createQueryBuilder(RoomEventRow, 'event')
      .where('event.roomId = :roomId AND event.seq >= :from AND event.seq <= :to', { roomId, from, to })
      .orderBy('event.seq')
      .getMany();
  }

  override latestSnapshot(roomId: string, version: number): Promise<Snapshot | null> {
    return this.uow.manager
      .createQueryBuilder(RoomSnapshotRow, 'snapshot')
      .where('snapshot.roomId = :roomId AND snapshot.version = :version', { roomId, version })
      .orderBy('snapshot.seq', 'DESC')
      .limit(1)
      .getOne();
  }

  override async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const { roomId, seq } = snapshot;
    await this.uow.run(async () => {
      await insertIgnore(this.uow, RoomSnapshotRow, snapshot);
      const older = this.uow.manager.createQueryBuilder().delete().from(RoomSnapshotRow);
      await older.where('roomId = :roomId AND seq < :seq', { roomId, seq }).execute();
    });
  }
}
