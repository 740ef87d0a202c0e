import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { LiveReply } from '@xuekao/contracts';
import type { Socket } from 'socket.io';
import { problemOf, runInRequest } from '@xuekao/platform';
import { liveMetrics } from './live-metrics.js';
import { requestIdOf } from './socket-identity.js';

/** Acknowledges every refusal and fault with the problem object that HTTP would answer. */
@Catch()
export class SocketProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('live');

  catch(error: unknown, host: ArgumentsHost): void {
    const requestId = requestIdOf(host.switchToWs().getClient<Socket>());
    runInRequest(requestId, () => {
      const { problem, isFault } = problemOf(error);
      liveMetrics.refused.inc({ code: problem.code });
      if (isFault) {
        const message = host.switchToWs().getPattern();
        this.logger.error({ event: 'socket.fault', requestId, message, err: error });
      }
      const ack = host.getArgs<unknown[]>().find((given) => typeof given === 'function');
      (ack as ((reply: LiveReply<never>) => void) | undefined)?.({ ok: false, problem });
    });
  }
}
