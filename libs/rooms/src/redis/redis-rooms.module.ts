import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RoomDirectory, RoomLink } from '../room-directory.js';
import { RoomSink } from '../room-sink.js';
import { presencePace } from '../socket/room-presence.js';
import type { PresencePace } from '../socket/room-presence.js';
import { RoomSockets } from '../socket/room-sockets.js';
import { RedisRoomDirectory } from './redis-room-directory.js';
import { RedisRoomLink } from './redis-room-link.js';
import { RedisRoomSink } from './redis-room-sink.js';
import { RedisSubscriptions } from './redis-subscriptions.js';

/** The Redis side of one node: a connection that speaks, one that listens, and what stands on them. */
@Injectable()
export class RedisRoomNode implements OnApplicationShutdown {
  readonly sockets = new RoomSockets();
  readonly directory: RedisRoomDirectory;
  readonly link: RedisRoomLink;
  readonly sink: RedisRoomSink;
  private readonly speaking: Redis;
  private readonly listening: Redis;
  private readonly beat: NodeJS.Timeout;

  constructor(@Inject('REDIS_ROOMS') options: RedisRoomsOptions) {
    this.speaking = new Redis(options.url, { maxRetriesPerRequest: 3, enableAutoPipelining: true });
    this.listening = new Redis(options.url, { maxRetriesPerRequest: null });
    // ioredis reconnects by itself; without a listener a lost connection would end the process.
    for (const redis of [this.speaking, this.listening]) redis.on('error', () => undefined);
    const subscriptions = new RedisSubscriptions(this.listening);
    this.directory = new RedisRoomDirectory(this.speaking, options.owns);
    this.link = new RedisRoomLink(this.speaking, subscriptions, this.directory.nodeId);
    this.sink = new RedisRoomSink(this.speaking, subscriptions, this.sockets, this.directory.nodeId);
    const { beatMs, silentMs } = options.presence ?? presencePace;
    this.beat = setInterval(() => this.sockets.beat(Date.now() - silentMs), beatMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.beat);
    this.directory.close();
    this.speaking.disconnect();
    this.listening.disconnect();
  }
}

export interface RedisRoomsOptions {
  readonly url: string;
  /** False for processes that may ask rooms but not run them, such as the HTTP app. */
  readonly owns: boolean;
  readonly presence?: PresencePace;
}

const from = <T>(pick: (node: RedisRoomNode) => T) => ({ useFactory: pick, inject: [RedisRoomNode] });

/** Directory, link and fan-out for several processes. */
@Module({})
export class RedisRoomsModule {
  static forRoot(options: RedisRoomsOptions): DynamicModule {
    return {
      module: RedisRoomsModule,
      global: true,
      providers: [
        { provide: 'REDIS_ROOMS', useValue: options },
        RedisRoomNode,
        { provide: RoomDirectory, ...from((node) => node.directory) },
        { provide: RoomLink, ...from((node) => node.link) },
        { provide: RoomSockets, ...from((node) => node.sockets) },
        { provide: RoomSink, ...from((node) => node.sink) },
      ],
      exports: [RoomDirectory, RoomLink, RoomSockets, RoomSink],
    };
  }
}
