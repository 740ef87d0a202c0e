import { Injectable, Logger } from '@nestjs/common';
import type { RoomFrame } from '@xuekao/contracts';
import type { Namespace, Socket } from 'socket.io';
import type { RoomViewer } from '../machine.js';
import { roomMetrics } from '../room-metrics.js';
import { RoomSink } from '../room-sink.js';
import {
  audienceOf,
  hasPollers,
  isEmpty,
  newLocalRoom,
  personOf,
  presentIn,
  sliceName,
  slicesOf,
  socketsOf,
} from './local-room.js';
import type { LocalRoom } from './local-room.js';
import { noteOf } from './room-presence.js';
import type { Online, PresenceNote } from './room-presence.js';

/** Sockets written to in one turn of the event loop, about 2 ms: what arrives meanwhile is read before the next slice. */
export const sliceSockets = 100;
const presenceEveryMs = 1_000;
/** A phone that polls asks every two seconds; it counts as online for so long after. */
const polledMs = 8_000;
/** Broadcasts wait no longer than this for urgent work: a database that hangs must not hold them up. */
const makeWayMs = 30;

interface Place {
  readonly roomId: string;
  readonly viewer: RoomViewer;
  readonly person: string;
  readonly slice: number;
}

/** The sockets of this node by room, audience and seat, and the writing to them. */
@Injectable()
export class RoomSockets extends RoomSink {
  private readonly logger = new Logger('rooms');
  private namespace: Namespace | null = null;
  private readonly rooms = new Map<string, LocalRoom>();
  private readonly places = new WeakMap<Socket, Map<string, Place>>();
  /** Set by adapters of several nodes, which tell the others. */
  announce: ((roomId: string, note: PresenceNote) => void) | null = null;
  /** Set by libs that must know who is there: called with the counts of all nodes when they change. */
  watched: (roomId: string, online: Online) => void = () => undefined;
  /** Set by adapters of several nodes: a room got its first or lost its last socket here. */
  interest: (roomId: string, isWanted: boolean) => Promise<void> = async () => undefined;

  private way: Promise<unknown> | null = null;

  override makeWay(until: Promise<unknown>): void {
    const way = Promise.race([until.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, makeWayMs))]);
    this.way = way;
    void way.then(() => {
      if (this.way === way) this.way = null;
    });
  }

  /** Between two slices: whatever has arrived is served first. */
  private async nextTurn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.way) await this.way;
  }

  attach(namespace: Namespace): void {
    this.namespace = namespace;
  }

  /** Once it resolves the socket gets what this viewer may see. Entering again as another viewer replaces the first. */
  async enter(socket: Socket, roomId: string, viewer: RoomViewer): Promise<void> {
    this.leave(socket, roomId);
    const room = this.roomOf(roomId);
    const audience = audienceOf(room, viewer);
    const free = audience.slices.findIndex((count) => count < sliceSockets);
    const slice = free < 0 ? audience.slices.push(0) - 1 : free;
    audience.slices[slice] = (audience.slices[slice] ?? 0) + 1;
    void socket.join(sliceName(roomId, viewer.audience, slice));
    const person = viewer.seat ?? personOf(socket);
    audience.persons.set(person, (audience.persons.get(person) ?? new Set()).add(socket));
    const places = this.places.get(socket) ?? new Map<string, Place>();
    this.places.set(socket, places.set(roomId, { roomId, viewer, person, slice }));
    this.presenceChanged(roomId, room);
    await room.ready;
  }

  /** Who this socket is in a room; undefined where it has not entered. */
  viewerOf(socket: Socket, roomId: string): RoomViewer | undefined {
    return this.places.get(socket)?.get(roomId)?.viewer;
  }

  leave(socket: Socket, roomId: string): void {
    const place = this.places.get(socket)?.get(roomId);
    const room = this.rooms.get(roomId);
    if (!place || !room) return;
    this.places.get(socket)?.delete(roomId);
    const { audience: name } = place.viewer;
    void socket.leave(sliceName(roomId, name, place.slice));
    const { slices, persons } = audienceOf(room, place.viewer);
    slices[place.slice] = (slices[place.slice] ?? 1) - 1;
    const sockets = persons.get(place.person);
    sockets?.delete(socket);
    if (sockets?.size === 0) persons.delete(place.person);
    this.presenceChanged(roomId, room);
  }

  /** A phone whose sockets are blocked has asked over HTTP: it is online as long as it asks. */
  polled(roomId: string, viewer: RoomViewer): void {
    if (viewer.seat === null) return;
    const room = this.roomOf(roomId);
    const { pollers } = audienceOf(room, viewer);
    const isNew = !pollers.has(viewer.seat);
    pollers.set(viewer.seat, Date.now() + polledMs);
    if (isNew) this.presenceChanged(roomId, room);
  }

  leaveAll(socket: Socket): void {
    for (const roomId of this.places.get(socket)?.keys() ?? []) this.leave(socket, roomId);
  }

  override frame(audience: string, frame: RoomFrame<unknown>): void {
    this.send(frame.roomId, async (namespace, room) => {
      for (const slice of slicesOf(room, frame.roomId, audience)) {
        namespace.local.to(slice).emit('room:event', frame);
        await this.nextTurn();
      }
    });
  }

  override personal(
    roomId: string,
    seq: number,
    messages: readonly (readonly [seat: string, message: unknown])[],
  ): void {
    this.send(roomId, async (_namespace, room) => {
      let written = 0;
      for (const [seat, news] of messages) {
        for (const socket of socketsOf(room, seat)) {
          socket.emit('room:personal', { roomId, seq, news });
          written += 1;
          if (written % sliceSockets === 0) await this.nextTurn();
        }
      }
    });
  }

  override progress(roomId: string, audience: string, counters: unknown): void {
    const room = this.rooms.get(roomId);
    if (room && this.namespace) void this.tick(this.namespace, room, roomId, audience, counters);
  }

  /** Counters give way: while frames wait only the newest are kept, and written after them. A lock often comes with the last answer. */
  private async tick(
    namespace: Namespace,
    room: LocalRoom,
    roomId: string,
    audience: string,
    counters: unknown,
  ): Promise<void> {
    const message = { roomId, ...(counters as object) };
    for (const slice of slicesOf(room, roomId, audience)) {
      if (room.waiting > 0) {
        roomMetrics.droppedTicks.inc();
        return void room.owed.set(audience, counters);
      }
      namespace.local.volatile.to(slice).emit('room:progress', message);
      await this.nextTurn();
    }
  }

  /** Who is online at another node. */
  presence(roomId: string, node: string, note: PresenceNote): void {
    const room = this.rooms.get(roomId);
    if (!room) return;
    room.presence.hear(node, note, Date.now());
    this.tellIfChanged(roomId, room);
  }

  /** Several nodes: says again who is here, for those who did not hear it, and forgets nodes that were silent since then. */
  beat(silentSince: number): void {
    for (const [roomId, room] of this.rooms) {
      if (!isEmpty(room)) this.announce?.(roomId, noteOf(presentIn(room)));
      room.presence.forgetBefore(silentSince);
      this.tellIfChanged(roomId, room);
    }
  }

  private tellIfChanged(roomId: string, room: LocalRoom): void {
    if (JSON.stringify(room.presence.online()) !== room.online) this.tell(roomId, room);
  }

  /** Hosts and screens here are told how many are online at all nodes. */
  private tell(roomId: string, room: LocalRoom): void {
    const online = room.presence.online();
    room.online = JSON.stringify(online);
    this.watched(roomId, online);
    for (const [audience, { isSeated }] of room.audiences) {
      if (isSeated) continue;
      for (const slice of slicesOf(room, roomId, audience)) {
        this.namespace?.local.volatile.to(slice).emit('room:presence', { roomId, online });
      }
    }
  }

  private send(roomId: string, write: (namespace: Namespace, room: LocalRoom) => Promise<void>): void {
    const room = this.rooms.get(roomId);
    const { namespace } = this;
    if (!room || !namespace) return;
    room.waiting += 1;
    room.sending = room.sending.then(async () => {
      try {
        await write(namespace, room);
      } catch (error) {
        // One frame that cannot be written must not hold up those after it; its viewers see the gap and ask anew.
        this.logger.error(error);
      } finally {
        room.waiting -= 1;
      }
      if (room.waiting > 0) return;
      const owed = [...room.owed];
      room.owed.clear();
      for (const [audience, counters] of owed) void this.tick(namespace, room, roomId, audience, counters);
    });
  }

  private roomOf(roomId: string): LocalRoom {
    let room = this.rooms.get(roomId);
    if (!room) {
      room = newLocalRoom(this.interest(roomId, true));
      this.rooms.set(roomId, room);
    }
    return room;
  }

  /** Nobody tells of a poller that has fallen silent. */
  private lookAgain(roomId: string, room: LocalRoom): void {
    room.pollTimer ??= setTimeout(() => {
      room.pollTimer = null;
      this.presenceChanged(roomId, room);
    }, polledMs / 2).unref();
  }

  private presenceChanged(roomId: string, room: LocalRoom): void {
    room.presenceTimer ??= setTimeout(() => {
      room.presenceTimer = null;
      const present = presentIn(room);
      room.presence.setHere(present);
      this.announce?.(roomId, noteOf(present));
      this.tell(roomId, room);
      if (!isEmpty(room)) return hasPollers(room) ? this.lookAgain(roomId, room) : undefined;
      if (room.waiting > 0) return this.presenceChanged(roomId, room);
      this.rooms.delete(roomId);
      void this.interest(roomId, false);
    }, presenceEveryMs).unref();
  }
}
