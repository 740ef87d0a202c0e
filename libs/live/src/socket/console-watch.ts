import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '@xuekao/kernel';
import { Rooms, RoomSockets } from '@xuekao/rooms';
import { LiveStore } from '../live.store.js';

const againMs = 2_000;

/**
 * Tells rooms that may go on by themselves whether any console is there. Every node with sockets of the room says so; a room
 * that knows it already notes nothing.
 */
@Injectable()
export class ConsoleWatch implements OnModuleInit {
  private readonly told = new Map<string, boolean>();

  constructor(
    private readonly sockets: RoomSockets,
    private readonly rooms: Rooms,
    private readonly store: LiveStore,
  ) {}

  onModuleInit(): void {
    this.sockets.watched = (roomId, online) => void this.tell(roomId, (online.host ?? 0) > 0);
  }

  private async tell(roomId: string, attended: boolean): Promise<void> {
    if (this.told.get(roomId) === attended) return;
    this.told.set(roomId, attended);
    try {
      const contest = await this.store.contest(roomId);
      if (!contest || contest.endedAt !== null) return void this.told.delete(roomId);
      if (!contest.options.advanceUnattended) return;
      await this.rooms.submit(roomId, { id: `attend:${newId()}`, command: { type: 'attend', attended } });
    } catch {
      // Not known to be told: said again soon, unless the sockets say otherwise before.
      setTimeout(() => this.tellAgain(roomId, attended), againMs).unref();
    }
  }

  private tellAgain(roomId: string, attended: boolean): void {
    if (this.told.get(roomId) !== attended) return;
    this.told.delete(roomId);
    void this.tell(roomId, attended);
  }
}
