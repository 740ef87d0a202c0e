import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { bodyLimit, fileLimit, setUpHttp } from '@xuekao/platform';
import type { AppConfig } from '@xuekao/platform';
import { LiveSocketAdapter } from './live-socket-adapter.js';

/**
 * For every app: an error of the boot reaches the caller, who says it in one sentence. Nest keeps its own report in the buffer,
 * which is written out only by `flushLogs` of an app that could be made.
 */
export const quietBoot = { abortOnError: false, bufferLogs: true, autoFlushLogs: false } as const;

/** Builds a Fastify app of the product, ready to `listen`. Errors of the boot reach the caller. */
export async function createHttpApp(
  module: Parameters<typeof NestFactory.create>[0],
  config: AppConfig,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ trustProxy: config.trustProxy, bodyLimit, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, quietBoot);
  app.useLogger(app.get(Logger));
  app.flushLogs();
  await app.register(cookie as never);
  await app.register(multipart as never, { limits: { fileSize: fileLimit, files: 1, fields: 20, parts: 21 } });
  await app.register(compress as never, { threshold: 1024, encodings: ['br', 'gzip'] });
  setUpHttp(app);
  app.useWebSocketAdapter(new LiveSocketAdapter(app, config));
  app.enableShutdownHooks();
  return app;
}
