import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { BattleStanding } from '@xuekao/contracts';
import { detached } from '@xuekao/rooms';
import type { Socket } from 'socket.io';
import { BattleMaker } from './battle-maker.js';
import { BattleStore } from './battle.store.js';

const lookEveryMs = 500;

/** The sockets of this process whose members wait: looks for battles as long as there are any, and tells who got one. */
@Injectable()
export class BattleQueue implements BeforeApplicationShutdown {
  private readonly logger = new Logger('battles');
  private readonly waiting = new Map<string, Set<Socket>>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly maker: BattleMaker,
    private readonly store: BattleStore,
  ) {}

  /** `gone` is called when the member's last waiting socket is. */
  wait(memberId: string, socket: Socket, gone: () => Promise<unknown>): void {
    const sockets = this.waiting.get(memberId) ?? new Set();
    this.waiting.set(memberId, sockets);
    if (!sockets.has(socket)) socket.once('disconnect', () => this.leave(memberId, socket, gone));
    sockets.add(socket);
    this.timer ??= detached(() => setInterval(() => void this.look(), lookEveryMs).unref());
  }

  stop(memberId: string): void {
    this.waiting.delete(memberId);
  }

  beforeApplicationShutdown(): void {
    this.waiting.clear();
    this.rest();
  }

  private leave(memberId: string, socket: Socket, gone: () => Promise<unknown>): void {
    const sockets = this.waiting.get(memberId);
    if (!sockets?.delete(socket) || sockets.size > 0) return;
    this.waiting.delete(memberId);
    gone().catch((error: unknown) => this.logger.error({ event: 'battle.not-cancelled', err: error }));
  }

  private rest(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async look(): Promise<void> {
    if (this.waiting.size === 0) return this.rest();
    try {
      await this.maker.matchNow();
      const waited = [...this.waiting.keys()];
      const places = await this.store.places(waited);
      const placeOf = new Map(places.map((place) => [place.memberId, place]));
      for (const memberId of waited) {
        const place = placeOf.get(memberId);
        if (place?.state === 'waiting') continue;
        const isPlaying = place !== undefined && place.roomId !== null;
        this.tell(
          memberId,
          isPlaying ? { state: 'playing', mode: place.mode, roomId: place.roomId! } : { state: 'none' },
        );
      }
    } catch (error) {
      this.logger.error({ event: 'battle.not-matched', err: error });
    }
  }

  private tell(memberId: string, standing: BattleStanding): void {
    for (const socket of this.waiting.get(memberId) ?? []) socket.emit('battle:matched', standing);
    this.waiting.delete(memberId);
  }
}
