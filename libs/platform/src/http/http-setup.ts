import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@xuekao/kernel';
import { runInRequest } from '../context.js';
import { ProblemFilter } from './problem.filter.js';
import { validationPipe } from './validation.js';

/** Prefix, pipe, filter and request context: what every HTTP app of the product has in common. */
export function setUpHttp(app: NestFastifyApplication): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'metrics'] });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (_request, reply, done) => {
    const requestId = newId();
    void reply.header('x-request-id', requestId);
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'same-origin');
    void reply.header('x-frame-options', 'SAMEORIGIN');
    runInRequest(requestId, done);
  });
  // Closing on a sender in the middle of a body resets the connection, and the answer that says why is lost on the way:
  // kept open, the rest of the body is read and thrown away.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode === 413) void reply.removeHeader('connection');
    done(null, payload);
  });
}
