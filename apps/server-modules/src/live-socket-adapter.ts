import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { AppConfig } from '@xuekao/platform';
import { isAllowedOrigin } from './origins.js';

/** Largest message a client may send, in bytes. */
const maxMessageBytes = 32 * 1024;

/** socket.io without compression, so that a broadcast is framed once; foreign origins are refused at the handshake. */
export class LiveSocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly config: AppConfig,
  ) {
    super(app);
  }

  /** Messages come by the guarded base of the gateways, and by nothing that Nest would bind to each socket. */
  override bindMessageHandlers(): void {}

  override createIOServer(port: number, options?: ServerOptions): Server {
    return super.createIOServer(port, {
      ...options,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: maxMessageBytes,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      serveClient: false,
      cors: this.config.origins.length > 0 ? { origin: [...this.config.origins], credentials: true } : undefined,
      allowRequest: (request, allow) => allow(null, isAllowedOrigin(request.headers, this.config.origins)),
    } as ServerOptions);
  }
}
