import { identityOf } from '@xuekao/platform';
import type { Socket } from 'socket.io';
import type { RoomViewer } from '../machine.js';
import { RoomPresence } from './room-presence.js';
import type { Present } from './room-presence.js';

export interface Audience {
  /** Number of sockets in each slice. A slice is a socket.io room, so that its frame is encoded once. */
  readonly slices: number[];
  /** Its viewers hold seats and are not told who else is online. */
  readonly isSeated: boolean;
  /** Its sockets by person: the holder of a seat, or an account; a screen is one of its own. */
  readonly persons: Map<string, Set<Socket>>;
  /** Persons without a socket that ask over HTTP, and until when they count. */
  readonly pollers: Map<string, number>;
}

export interface LocalRoom {
  readonly audiences: Map<string, Audience>;
  readonly presence: RoomPresence;
  /** What was told last. */
  online: string;
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

export function newLocalRoom(ready: Promise<void>): LocalRoom {
  return {
    audiences: new Map(),
    presence: new RoomPresence(),
    online: '',
    sending: Promise.resolve(),
    waiting: 0,
    owed: new Map(),
    ready,
    presenceTimer: null,
    pollTimer: null,
  };
}

export function audienceOf(room: LocalRoom, { audience: name, seat }: RoomViewer): Audience {
  let audience = room.audiences.get(name);
  if (!audience) {
    audience = { slices: [], isSeated: seat !== null, persons: new Map(), pollers: new Map() };
    room.audiences.set(name, audience);
  }
  return audience;
}

export function* socketsOf(room: LocalRoom, seat: string): Iterable<Socket> {
  for (const { isSeated, persons } of room.audiences.values()) if (isSeated) yield* persons.get(seat) ?? [];
}

/** Several devices of an account are one person, and so is a socket that comes back before its old one is known to be dead. */
export function personOf(socket: Socket): string {
  const identity = identityOf(socket);
  return identity?.kind === 'account' ? identity.actor.accountId : socket.id;
}

/** Persons with a socket or a poll of late; pollers that have fallen silent are forgotten. */
export function presentIn(room: LocalRoom): Present {
  const now = Date.now();
  const present: Record<string, ReadonlySet<string>> = {};
  for (const [name, { persons, pollers }] of room.audiences) {
    for (const [person, until] of pollers) if (until <= now) pollers.delete(person);
    present[name] = new Set([...persons.keys(), ...pollers.keys()]);
  }
  return present;
}

export const hasPollers = (room: LocalRoom): boolean =>
  [...room.audiences.values()].some(({ pollers }) => pollers.size > 0);

export const sliceName = (roomId: string, audience: string, slice: number): string => `${roomId}/${audience}/${slice}`;

export function slicesOf(room: LocalRoom, roomId: string, audience: string): string[] {
  const slices = room.audiences.get(audience)?.slices ?? [];
  return slices.flatMap((count, slice) => (count > 0 ? [sliceName(roomId, audience, slice)] : []));
}

export function isEmpty(room: LocalRoom): boolean {
  return [...room.audiences.values()].every(({ persons, pollers }) => persons.size === 0 && pollers.size === 0);
}
