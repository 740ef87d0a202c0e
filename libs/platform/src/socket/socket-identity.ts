import type { Socket } from 'socket.io';
import type { Actor } from '../context.js';

/** Who is at the other end, settled at the handshake: a signed-in account, or a big screen admitted to one room. */
export type SocketIdentity =
  { readonly kind: 'account'; readonly actor: Actor } | { readonly kind: 'screen'; readonly roomId: string };

/** What one socket carries. Plain fields: a phone must not cost more than it needs. */
interface SocketData {
  identity?: SocketIdentity;
  /** Messages in the running window, and when it ends. */
  windowEndsAt?: number;
  windowCount?: number;
  messages?: number;
}

const dataOf = (socket: Socket): SocketData => socket.data as SocketData;

export function identify(socket: Socket, identity: SocketIdentity): void {
  dataOf(socket).identity = identity;
}

export function identityOf(socket: Socket): SocketIdentity | undefined {
  return dataOf(socket).identity;
}

/** Number of a message for the logs. Not a UUID: drawing random bytes for each answer of a burst costs a tenth of serving it. */
export function requestIdOf(socket: Socket): string {
  const data = dataOf(socket);
  data.messages = (data.messages ?? 0) + 1;
  return `${socket.id}-${data.messages}`;
}

/** Seconds to wait, 0 where the message is allowed. A phone sends about one message a second at its busiest. */
export function overRate(socket: Socket, now: number, most: number, windowMs: number): number {
  const data = dataOf(socket);
  if (data.windowEndsAt === undefined || data.windowEndsAt <= now) {
    data.windowEndsAt = now + windowMs;
    data.windowCount = 0;
  }
  data.windowCount = (data.windowCount ?? 0) + 1;
  return data.windowCount <= most ? 0 : Math.ceil((data.windowEndsAt - now) / 1000);
}
