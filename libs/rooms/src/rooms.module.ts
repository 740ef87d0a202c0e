import { Global, Injectable, Module } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { EmbeddedRoomDirectory, EmbeddedRoomLink } from './embedded-rooms.js';
import { RoomDirectory, RoomLink } from './room-directory.js';
import { RoomSink } from './room-sink.js';
import { RoomStore } from './room.store.js';
import { Rooms } from './rooms.service.js';
import { RoomSockets } from './socket/room-sockets.js';

/** Directory, link and fan-out for one process without Redis. */
@Global()
@Module({
  providers: [
    { provide: RoomDirectory, useClass: EmbeddedRoomDirectory },
    { provide: RoomLink, useClass: EmbeddedRoomLink },
    RoomSockets,
    { provide: RoomSink, useExisting: RoomSockets },
  ],
  exports: [RoomDirectory, RoomLink, RoomSockets, RoomSink],
})
export class EmbeddedRoomsModule {}

/** Rooms by their id. Needs one of the adapter sets beside it. */
@Module({ providers: [RoomStore, Rooms], exports: [Rooms] })
export class RoomsModule {}

@Injectable()
class RoomKeeper implements OnApplicationBootstrap {
  constructor(private readonly rooms: Rooms) {}

  onApplicationBootstrap(): void {
    this.rooms.keepRunning();
  }
}

/** For processes that hold sockets: they also pick up rooms whose owner is gone. A tool must not take a room from a server. */
@Module({ imports: [RoomsModule], providers: [RoomKeeper] })
export class RoomsRealtimeModule {}
