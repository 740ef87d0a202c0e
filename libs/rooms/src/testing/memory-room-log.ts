import type { Instant } from '@xuekao/kernel';
import { genesisHash, RoomLog, StaleOwner } from '../room-log.js';
import type { ClaimedRoom, LogRow, RoomLease, Snapshot } from '../room-log.js';

interface Stored {
  kind: string;
  epoch: number;
  lastAliveAt: Instant | null;
  rows: LogRow[];
  snapshots: Snapshot[];
}

/** The log in memory, for specs of hosts. It can be told to fail before or after a commit, like a database that goes away. */
export class MemoryRoomLog extends RoomLog {
  readonly rooms = new Map<string, Stored>();
  /** The next append fails: before it is written, or after, when only the answer is lost. */
  failNext: 'before' | 'after' | null = null;
  appends = 0;
  /** Awaited before every append, for logs that take their time. */
  beforeAppend: () => Promise<unknown> = () => Promise.resolve();

  create(roomId: string, kind: string): void {
    this.rooms.set(roomId, { kind, epoch: 0, lastAliveAt: null, rows: [], snapshots: [] });
  }

  override async claim(roomId: string, owner: string): Promise<ClaimedRoom | null> {
    const room = this.rooms.get(roomId);
    if (!room) return null;
    room.epoch += 1;
    const head = room.rows.at(-1);
    return {
      lease: { roomId, owner, epoch: room.epoch },
      kind: room.kind,
      closedAt: null,
      headSeq: head?.seq ?? 0,
      headHash: head?.hash ?? genesisHash(roomId),
      lastAliveAt: room.lastAliveAt,
    };
  }

  override async append(lease: RoomLease, row: LogRow): Promise<void> {
    const room = this.held(lease);
    const failure = this.failNext;
    this.failNext = null;
    await this.beforeAppend();
    if (failure === 'before') throw new Error('The database went away before the commit');
    if (row.seq !== room.rows.length + 1) throw new StaleOwner(lease);
    room.rows.push(row);
    room.lastAliveAt = row.at;
    this.appends += 1;
    if (failure === 'after') throw new Error('The database went away after the commit');
  }

  override async beat(lease: RoomLease, at: Instant): Promise<void> {
    this.held(lease).lastAliveAt = at;
  }

  override async rows(roomId: string, from: number, to: number): Promise<LogRow[]> {
    return this.rooms.get(roomId)?.rows.slice(Math.max(0, from - 1), to) ?? [];
  }

  override async latestSnapshot(roomId: string, version: number): Promise<Snapshot | null> {
    return this.rooms.get(roomId)?.snapshots.findLast((snapshot) => snapshot.version === version) ?? null;
  }

  override async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.rooms.get(snapshot.roomId)?.snapshots.push(snapshot);
  }

  private held(lease: RoomLease): Stored {
    const room = this.rooms.get(lease.roomId);
    if (!room || room.epoch !== lease.epoch) throw new StaleOwner(lease);
    return room;
  }
}
