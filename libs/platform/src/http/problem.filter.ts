import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { currentRequestId } from '../context.js';
import { problemOf } from './problem-of.js';

/** Answers every refusal and fault as RFC 9457 problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const { problem, isFault } = problemOf(error);
    if (isFault) {
      this.logger.error({ event: 'request.fault', requestId: currentRequestId(), code: problem.code, err: error });
    }
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(problem);
  }
}
