import { Code, Id, InstantColumn, Int, LongText, Ref } from '@xuekao/database';
import { Entity, Index } from 'typeorm';

@Entity('room')
@Index('ix_room_open', ['closedAt', 'createdAt'])
export class RoomRow {
  @Id() id!: string;
  /** Kind of the machine that runs it. */
  @Code(40) kind!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) closedAt!: number | null;
}

/** One row per room that every write passes: epoch and head fence a stale owner, the sign of life dates an outage. */
@Entity('room_lease')
@Index('ix_room_lease_alive', ['lastAliveAt'])
export class RoomLeaseRow {
  @Ref(() => RoomRow, { primary: true }) roomId!: string;
  @Int() epoch!: number;
  @Code(64) owner!: string;
  @Int() headSeq!: number;
  @Code(64) headHash!: string;
  @InstantColumn({ nullable: true }) lastAliveAt!: number | null;
}

@Entity('room_event')
export class RoomEventRow {
  @Ref(() => RoomRow, { primary: true }) roomId!: string;
  @Int({ primary: true }) seq!: number;
  @Int() epoch!: number;
  @InstantColumn() at!: number;
  @LongText() payload!: string;
  @Code(64) hash!: string;
}

@Entity('room_snapshot')
export class RoomSnapshotRow {
  @Ref(() => RoomRow, { primary: true }) roomId!: string;
  @Int({ primary: true }) seq!: number;
  @InstantColumn() at!: number;
  @Int() version!: number;
  @Code(64) hash!: string;
  @LongText() state!: string;
}

export const roomsEntities = [RoomRow, RoomLeaseRow, RoomEventRow, RoomSnapshotRow] as const;
