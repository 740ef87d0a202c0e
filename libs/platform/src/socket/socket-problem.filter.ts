import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { SocketReply } from '@xuekao/contracts';
import type { Socket } from 'socket.io';
import { runInRequest } from '../context.js';
import { problemOf } from '../http/problem-of.js';
import { socketMetrics } from './socket-metrics.js';
import { requestIdOf } from './socket-identity.js';

/** Acknowledges every refusal and fault with the problem object that HTTP would answer. */
@Catch()
export class SocketProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('sockets');

  catch(error: unknown, host: ArgumentsHost): void {
    const requestId = requestIdOf(host.switchToWs().getClient<Socket>());
    runInRequest(requestId, () => {
      const { problem, isFault } = problemOf(error);
      socketMetrics.refused.inc({ code: problem.code });
      if (isFault) {
        const message = host.switchToWs().getPattern();
        this.logger.error({ event: 'socket.fault', requestId, message, err: error });
      }
      const ack = host.getArgs<unknown[]>().find((given) => typeof given === 'function');
      (ack as ((reply: SocketReply<never>) => void) | undefined)?.({ ok: false, problem });
    });
  }
}
