import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable } from 'rxjs';
import { map, tap } from 'rxjs/operators';
import type { Socket } from 'socket.io';
import type { SocketReply } from '@xuekao/contracts';
import { runAs } from '../context.js';
import { socketMetrics } from './socket-metrics.js';
import { identityOf, requestIdOf } from './socket-identity.js';

/** Runs the handler as the socket's account and wraps what it returns as an accepted reply. */
@Injectable()
export class SocketContextInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<SocketReply<unknown>> {
    const ws = context.switchToWs();
    const socket = ws.getClient<Socket>();
    const identity = identityOf(socket);
    const requestId = requestIdOf(socket);
    const actor = identity?.kind === 'account' ? identity.actor : null;
    const done = socketMetrics.ackSeconds.startTimer({ message: ws.getPattern() });
    const acted = new Observable<unknown>((subscriber) =>
      runAs(actor, () => next.handle().subscribe(subscriber), requestId),
    );
    return acted.pipe(
      map((value): SocketReply<unknown> => ({ ok: true, value })),
      tap({ finalize: () => done() }),
    );
  }
}
