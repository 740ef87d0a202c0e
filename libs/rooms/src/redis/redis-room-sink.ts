import type { Redis } from 'ioredis';
import type { RoomFrame } from '@xuekao/contracts';
import { RoomSink } from '../room-sink.js';
import type { PresenceNote } from '../socket/room-presence.js';
import type { RoomSockets } from '../socket/room-sockets.js';
import type { RedisSubscriptions } from './redis-subscriptions.js';

type Parcel =
  | { readonly kind: 'frame'; readonly audience: string; readonly frame: RoomFrame<unknown> }
  | { readonly kind: 'personal'; readonly seq: number; readonly messages: readonly (readonly [string, unknown])[] }
  | { readonly kind: 'progress'; readonly audience: string; readonly counters: unknown }
  | { readonly kind: 'presence'; readonly node: string; readonly note: PresenceNote };

const channelOf = (roomId: string): string => `xuekao:rooms:out:${roomId}`;

/**
 * From the owner to the sockets of every node: one parcel per node and frame, written there in slices. socket.io's own Redis
 * adapter would write to all sockets of a node in one turn, and send ten thousand personal results one by one through Redis.
 * A parcel that Redis loses is noticed by the number of the next one.
 */
export class RedisRoomSink extends RoomSink {
  constructor(
    private readonly redis: Redis,
    private readonly subscriptions: RedisSubscriptions,
    private readonly sockets: RoomSockets,
    private readonly nodeId: string,
  ) {
    super();
    sockets.interest = (roomId, isWanted) => this.listen(roomId, isWanted);
    sockets.announce = (roomId, note) => this.send(roomId, { kind: 'presence', node: this.nodeId, note });
  }

  override frame(audience: string, frame: RoomFrame<unknown>): void {
    this.send(frame.roomId, { kind: 'frame', audience, frame });
  }

  override personal(roomId: string, seq: number, messages: readonly (readonly [string, unknown])[]): void {
    this.send(roomId, { kind: 'personal', seq, messages });
  }

  override makeWay(until: Promise<unknown>): void {
    this.sockets.makeWay(until);
  }

  override progress(roomId: string, audience: string, counters: unknown): void {
    this.send(roomId, { kind: 'progress', audience, counters });
  }

  private send(roomId: string, parcel: Parcel): void {
    // Losing it is no fault: the log has the truth, and clients ask when a number is missing.
    this.redis.publish(channelOf(roomId), JSON.stringify(parcel)).catch(() => undefined);
  }

  private async listen(roomId: string, isWanted: boolean): Promise<void> {
    if (!isWanted) return this.subscriptions.remove(channelOf(roomId));
    await this.subscriptions.add(channelOf(roomId), (text) => this.deliver(roomId, JSON.parse(text) as Parcel));
  }

  private deliver(roomId: string, parcel: Parcel): void {
    switch (parcel.kind) {
      case 'frame':
        return this.sockets.frame(parcel.audience, parcel.frame);
      case 'personal':
        return this.sockets.personal(roomId, parcel.seq, parcel.messages);
      case 'progress':
        return this.sockets.progress(roomId, parcel.audience, parcel.counters);
      case 'presence':
        return parcel.node === this.nodeId ? undefined : this.sockets.presence(roomId, parcel.node, parcel.note);
    }
  }
}
