import { Injectable, Logger } from '@nestjs/common';
import type { RoomFrame } from '@xuekao/contracts';
import type { Namespace, Socket } from 'socket.io';
import type { RoomViewer } from '../machine.js';
import { roomMetrics } from '../room-metrics.js';
import { RoomSink } from '../room-sink.js';

/** Sockets written to in one turn of the event loop, about 2 ms: what arrives meanwhile is read before the next slice. */
export const sliceSockets = 100;
const presenceEveryMs = 1_000;
/** A phone that polls asks every two seconds; it counts as online for so long after. */
const polledMs = 8_000;
/** Broadcasts wait no longer than this for urgent work: a database that hangs must not hold them up. */
const makeWayMs = 30;

interface Audience {
  /** Number of sockets in each slice. A slice is a socket.io room, so that its frame is encoded once. */
  readonly slices: number[];
  /** Its viewers hold seats: they are counted by person, and are not told who else is online. */
  readonly isSeated: boolean;
}

interface LocalRoom {
  readonly audiences: Map<string, Audience>;
  readonly seats: Map<string, Set<Socket>>;
  /** Seats without a socket that ask over HTTP, and until when they count. */
  readonly pollers: Map<string, number>;
  /** Counts of every node, this one under its own name. */
  readonly online: Map<string, Readonly<Record<string, number>>>;
  /** Broadcasts leave one after the other, so that frames arrive in order. */
  sending: Promise<void>;
  waiting: number;
  /** Newest counters by audience that gave way to frames. */
  readonly owed: Map<string, unknown>;
  /** Frames of other nodes' rooms arrive from here on. */
  readonly ready: Promise<void>;
  presenceTimer: NodeJS.Timeout | null;
  pollTimer: NodeJS.Timeout | null;
}

interface Place {
  readonly roomId: string;
  readonly viewer: RoomViewer;
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
  announce: (roomId: string, online: Readonly<Record<string, number>>) => void = (roomId, online) =>
    this.presence(roomId, 'here', online);
  /** Set by libs that must know who is there: called with the counts of all nodes when they change. */
  watched: (roomId: string, online: Readonly<Record<string, number>>) => void = () => undefined;
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
    const audience = room.audiences.get(viewer.audience) ?? { slices: [], isSeated: viewer.seat !== null };
    room.audiences.set(viewer.audience, audience);
    const free = audience.slices.findIndex((count) => count < sliceSockets);
    const slice = free < 0 ? audience.slices.push(0) - 1 : free;
    audience.slices[slice] = (audience.slices[slice] ?? 0) + 1;
    void socket.join(sliceName(roomId, viewer.audience, slice));
    if (viewer.seat !== null) {
      const seat = room.seats.get(viewer.seat) ?? new Set();
      room.seats.set(viewer.seat, seat.add(socket));
    }
    const places = this.places.get(socket) ?? new Map<string, Place>();
    this.places.set(socket, places.set(roomId, { roomId, viewer, slice }));
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
    const { audience, seat } = place.viewer;
    const slices = room.audiences.get(audience)?.slices;
    if (slices) slices[place.slice] = (slices[place.slice] ?? 1) - 1;
    void socket.leave(sliceName(roomId, audience, place.slice));
    if (seat !== null) {
      const sockets = room.seats.get(seat);
      sockets?.delete(socket);
      if (sockets?.size === 0) room.seats.delete(seat);
    }
    this.presenceChanged(roomId, room);
  }

  /** A phone whose sockets are blocked has asked over HTTP: it is online as long as it asks. */
  polled(roomId: string, viewer: RoomViewer): void {
    if (viewer.seat === null) return;
    const room = this.roomOf(roomId);
    if (!room.audiences.has(viewer.audience)) room.audiences.set(viewer.audience, { slices: [], isSeated: true });
    const isNew = !room.pollers.has(viewer.seat);
    room.pollers.set(viewer.seat, Date.now() + polledMs);
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
        for (const socket of room.seats.get(seat) ?? []) {
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

  /** Counts of one node; hosts and screens here are told the sum. */
  presence(roomId: string, node: string, online: Readonly<Record<string, number>>): void {
    const room = this.rooms.get(roomId);
    if (!room) return;
    room.online.set(node, online);
    const sum: Record<string, number> = {};
    for (const counts of room.online.values()) {
      for (const [audience, count] of Object.entries(counts)) sum[audience] = (sum[audience] ?? 0) + count;
    }
    this.watched(roomId, sum);
    for (const [audience, { isSeated }] of room.audiences) {
      if (isSeated) continue;
      for (const slice of slicesOf(room, roomId, audience)) {
        this.namespace?.local.volatile.to(slice).emit('room:presence', { roomId, online: sum });
      }
    }
    if (isEmpty(room) && room.waiting === 0) {
      this.rooms.delete(roomId);
      void this.interest(roomId, false);
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
      room = {
        audiences: new Map(),
        seats: new Map(),
        pollers: new Map(),
        online: new Map(),
        sending: Promise.resolve(),
        waiting: 0,
        owed: new Map(),
        ready: this.interest(roomId, true),
        presenceTimer: null,
        pollTimer: null,
      };
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
      const seats = seatsOnline(room);
      const online: Record<string, number> = {};
      for (const [name, { slices, isSeated }] of room.audiences) {
        online[name] = isSeated ? seats : slices.reduce((sum, count) => sum + count, 0);
      }
      this.announce(roomId, online);
      if (room.pollers.size > 0) this.lookAgain(roomId, room);
    }, presenceEveryMs).unref();
  }
}

/** Seats with a socket or a poll of late; pollers that have fallen silent are forgotten. */
function seatsOnline(room: LocalRoom): number {
  const now = Date.now();
  let online = room.seats.size;
  for (const [seat, until] of room.pollers) {
    if (until <= now) room.pollers.delete(seat);
    else if (!room.seats.has(seat)) online += 1;
  }
  return online;
}

const sliceName = (roomId: string, audience: string, slice: number): string => `${roomId}/${audience}/${slice}`;

function slicesOf(room: LocalRoom, roomId: string, audience: string): string[] {
  const slices = room.audiences.get(audience)?.slices ?? [];
  return slices.flatMap((count, slice) => (count > 0 ? [sliceName(roomId, audience, slice)] : []));
}

function isEmpty(room: LocalRoom): boolean {
  if (room.pollers.size > 0) return false;
  for (const { slices } of room.audiences.values()) if (slices.some((count) => count > 0)) return false;
  return true;
}
