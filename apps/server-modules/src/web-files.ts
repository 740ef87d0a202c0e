import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { problem } from '@xuekao/platform';

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' ws: wss:",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'self'",
].join('; ');

const isServerPath = (path: string): boolean => /^\/(api|socket\.io|health|metrics)(\/|$)/.test(path);

/** Serves the built web app: hashed assets for a year, the page itself always fresh, every other path the page. */
export async function serveWeb(app: NestFastifyApplication, folder: string): Promise<void> {
  await app.register(fastifyStatic as never, { root: folder, serve: false });
  const hasWeb = existsSync(join(folder, 'index.html'));
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request, reply) => {
      const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
      if (isServerPath(path) || !hasWeb || path.includes('\0')) {
        void reply.status(404).header('content-type', 'application/problem+json; charset=utf-8');
        return reply.send(problem('resource.not-found'));
      }
      const file = path.slice(1);
      if (file && !file.includes('..') && existsSync(join(folder, file)) && /\.\w+$/.test(file)) {
        const isHashed = file.startsWith('assets/');
        return reply.sendFile(file, { maxAge: isHashed ? '365d' : 0, immutable: isHashed });
      }
      void reply.header('content-security-policy', policy);
      return reply.sendFile('index.html', { maxAge: 0, cacheControl: true });
    });
}
