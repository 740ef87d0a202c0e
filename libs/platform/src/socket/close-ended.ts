import type { Namespace } from 'socket.io';
import { problem } from '../http/problem-of.js';
import { identityOf } from './socket-identity.js';

/** Sockets of sessions that have ended are told so, as `session:ended` with the problem, and closed. */
export function closeEnded(namespace: Namespace, sessionIds: ReadonlySet<string>): void {
  for (const socket of namespace.sockets.values()) {
    const identity = identityOf(socket);
    const sessionId = identity?.kind === 'account' ? identity.actor.sessionId : undefined;
    if (sessionId === undefined || !sessionIds.has(sessionId)) continue;
    socket.emit('session:ended', problem('auth.required'));
    socket.disconnect(true);
  }
}
