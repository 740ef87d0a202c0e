import { Injectable } from '@nestjs/common';
import { identify, problemOf, Refused, socketMetrics, TokenVerifier } from '@xuekao/platform';
import type { Socket } from 'socket.io';

/** Settles who connects, from `auth: {token}`. A refused handshake carries its problem in `data`. */
@Injectable()
export class ExamHandshake {
  constructor(private readonly tokens: TokenVerifier) {}

  readonly middleware = (socket: Socket, next: (error?: Error) => void): void => {
    this.admit(socket).then(
      () => next(),
      (error: unknown) => {
        const { problem } = problemOf(error);
        socketMetrics.refused.inc({ code: problem.code });
        next(Object.assign(new Error(problem.code), { data: problem }));
      },
    );
  };

  private async admit(socket: Socket): Promise<void> {
    const { token } = socket.handshake.auth as { readonly token?: unknown };
    if (typeof token !== 'string') throw new Refused('auth.required');
    const actor = await this.tokens.verify(token);
    if (actor.mustChangePassword) throw new Refused('auth.password-change-required');
    identify(socket, { kind: 'account', actor });
  }
}
