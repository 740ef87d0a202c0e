import { Logger } from '@nestjs/common';

/** Sees to it that what is to remain of a room that is over gets stored. */
export class RoomResults {
  private readonly logger = new Logger('rooms');
  private readonly keeping = new Set<string>();

  /** `isOurs` says whether this node still runs the room. */
  constructor(private readonly isOurs: (roomId: string) => boolean) {}

  /** Tries until `store` succeeds, which closes the room, or this node no longer runs it. */
  async keep(roomId: string, store: () => Promise<void>): Promise<void> {
    if (this.keeping.has(roomId)) return;
    this.keeping.add(roomId);
    try {
      for (let pauseMs = 500; this.isOurs(roomId); pauseMs = Math.min(pauseMs * 2, 30_000)) {
        try {
          return await store();
        } catch (error) {
          this.logger.error({ event: 'room.results-not-saved', roomId, err: error });
          await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
        }
      }
    } finally {
      this.keeping.delete(roomId);
    }
  }
}
