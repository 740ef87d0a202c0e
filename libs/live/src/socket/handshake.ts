import { Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import type { Problem } from '@xuekao/contracts';
import { identify, problemOf, Refused, socketMetrics, TokenVerifier } from '@xuekao/platform';
import type { SocketIdentity } from '@xuekao/platform';
import { LiveRefused } from '../live.errors.js';
import { PreflightTickets } from '../preflight/preflight-tickets.js';
import { ScreenTokens } from '../screen-token.js';

/** Settles who connects, from `auth: {token}` or `auth: {screen}`. A refused handshake carries its problem in `data`. */
@Injectable()
export class Handshake {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly screens: ScreenTokens,
    private readonly preflight: PreflightTickets,
  ) {}

  readonly middleware = (socket: Socket, next: (error?: Error) => void): void => {
    this.identityOf(socket.handshake.auth).then(
      (identity) => {
        identify(socket, identity);
        next();
      },
      (error: unknown) => next(refusedHandshake(problemOf(error).problem)),
    );
  };

  private async identityOf(auth: Readonly<Record<string, unknown>>): Promise<SocketIdentity> {
    if (typeof auth.screen === 'string') {
      const roomId = this.screens.roomOf(auth.screen);
      if (roomId === null) throw new LiveRefused('live.screen.invalid');
      return { kind: 'screen', roomId };
    }
    if (typeof auth.preflight === 'string') return this.simulated(auth.preflight);
    if (typeof auth.token !== 'string') throw new Refused('auth.required');
    const actor = await this.tokens.verify(auth.token);
    if (actor.mustChangePassword) throw new Refused('auth.password-change-required');
    return { kind: 'account', actor };
  }

  private simulated(ticket: string): SocketIdentity {
    const actor = this.preflight.actorOf(ticket);
    if (!actor) throw new Refused('auth.required');
    return { kind: 'account', actor };
  }
}

function refusedHandshake(problem: Problem): Error {
  socketMetrics.refused.inc({ code: problem.code });
  return Object.assign(new Error(problem.code), { data: problem });
}
