import type { Instant } from '@xuekao/kernel';

/** What the node that holds the socket sends into the room; the room's machine knows whose team the seat is. */
export interface BuzzPressCommand {
  readonly type: 'buzz';
  /** The viewer's seat, as the machine gave it. */
  readonly seat: string;
  readonly buzz: number;
  readonly arrivedAt: Instant;
  readonly claimedAt: number | null;
  readonly rttMs: number | null;
}
