import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What docker/Caddyfile does, in this process: /socket.io to the socket app, the rest to the API. */
export class ReverseProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Duplex>();

  private constructor(private readonly targetFor: (path: string) => string) {
    this.server = createServer((incoming, outgoing) => {
      const forwarded = request(
        {
          host: '127.0.0.1',
          port: this.portOf(incoming),
          method: incoming.method,
          path: incoming.url,
          headers: headersOf(incoming),
        },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forwarded.on('error', () => {
        if (!outgoing.headersSent) outgoing.writeHead(502);
        outgoing.end();
      });
      incoming.pipe(forwarded);
    });
    // The answers promise to keep connections as long as the app does; five seconds here would break that in the midst of a request.
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', (socket: Socket) => this.keep(socket));
    this.server.on('upgrade', (incoming, socket, head) => this.upgrade(incoming, socket, head));
  }

  static async start(targetFor: (path: string) => string): Promise<ReverseProxy> {
    const proxy = new ReverseProxy(targetFor);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = connect(this.portOf(incoming), '127.0.0.1', () => {
      const lines = Object.entries(headersOf(incoming)).map(([name, value]) => `${name}: ${String(value)}`);
      target.write([`${incoming.method} ${incoming.url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      target.write(head);
      socket.pipe(target).pipe(socket);
    });
    this.keep(target);
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  }

  private portOf({ url }: IncomingMessage): number {
    return Number(new URL(this.targetFor(url ?? '/')).port);
  }

  private keep(socket: Duplex): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
  }
}

function headersOf(incoming: IncomingMessage): Record<string, string | string[] | undefined> {
  return {
    ...incoming.headers,
    'x-forwarded-for': incoming.socket.remoteAddress ?? '',
    'x-forwarded-host': incoming.headers.host,
    'x-forwarded-proto': 'http',
  };
}
