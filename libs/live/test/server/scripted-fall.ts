import type { LogRow, RoomLease, RoomStore } from '@xuekao/rooms';

/** When a server is to die by its own hand: around the write of the nth event of a type, counted from now on. */
export interface Fall {
  readonly when: 'before' | 'after';
  readonly event: string;
  readonly nth: number;
  /** Counts only those of the type that hold this text; a stage writes one type for every act. */
  readonly holding?: string;
}

/** Dies as by a power cut exactly before a row is written, or between its commit and anything that follows from it. */
export class FallingStore {
  private fall: Fall | null = null;
  private seen = 0;

  constructor(store: RoomStore) {
    const append = store.append.bind(store);
    store.append = async (lease: RoomLease, row: LogRow) => {
      const isHere = this.isReachedBy(row);
      if (isHere && this.fall?.when === 'before') process.kill(process.pid, 'SIGKILL');
      await append(lease, row);
      if (isHere) process.kill(process.pid, 'SIGKILL');
    };
  }

  plan(fall: Fall): void {
    this.fall = fall;
    this.seen = 0;
  }

  private isReachedBy({ payload }: LogRow): boolean {
    const { fall } = this;
    if (!fall) return false;
    const { events } = JSON.parse(payload) as { events: { type: string }[] };
    const before = this.seen;
    const { event: type, holding = '' } = fall;
    this.seen += events.filter((event) => event.type === type && JSON.stringify(event).includes(holding)).length;
    return before < fall.nth && this.seen >= fall.nth;
  }
}
