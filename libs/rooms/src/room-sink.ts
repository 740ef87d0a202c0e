import type { RoomFrame } from '@xuekao/contracts';

/** Where an owner's committed frames go: to the sockets of every node. Called after the commit only; never awaited. */
export abstract class RoomSink {
  /** For every socket of the audience. Must not be dropped while the socket lives. */
  abstract frame(audience: string, frame: RoomFrame<unknown>): void;
  /** For single seats, sent together. */
  abstract personal(
    roomId: string,
    seq: number,
    messages: readonly (readonly [seat: string, message: unknown])[],
  ): void;
  /** Urgent work is under way: broadcasts had better wait for it between two slices. */
  makeWay(_until: Promise<unknown>): void {}
  /** Counters; droppable. */
  abstract progress(roomId: string, audience: string, counters: unknown): void;
}

const keptFrames = 32;
/** What comes instead of a view must not be longer than one. Source: live.md §1 no. 11. */
const mostBytes = 4_096;
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

interface KeptFrame {
  readonly frame: RoomFrame<unknown>;
  /** Measured when first asked for: most are never. */
  bytes: number | null;
}

/** Numbers the frames of each audience and keeps the newest, for clients that missed a few. */
export class FrameLedger {
  private readonly last = new Map<string, number>();
  private readonly kept = new Map<string, KeptFrame[]>();

  constructor(
    audiences: Iterable<string>,
    private readonly roomId: string,
    headSeq: number,
  ) {
    // After a change of owner nobody knows which row was the last an audience saw: whoever is behind the head asks.
    for (const audience of audiences) this.last.set(audience, headSeq);
  }

  lastSeq(audience: string): number {
    return this.last.get(audience) ?? 0;
  }

  next(audience: string, seq: number, at: number, events: readonly unknown[]): RoomFrame<unknown> {
    const frame = { roomId: this.roomId, seq, after: this.lastSeq(audience), at, events };
    this.last.set(audience, seq);
    const kept = this.kept.get(audience) ?? [];
    kept.push({ frame, bytes: null });
    if (kept.length > keptFrames) kept.shift();
    this.kept.set(audience, kept);
    return frame;
  }

  /** The frames after `lastSeq`; null when some of them are no longer kept, or with what goes beside them they are too long. */
  since(audience: string, lastSeq: number, beside?: unknown): readonly RoomFrame<unknown>[] | null {
    if (lastSeq >= this.lastSeq(audience)) return [];
    const missed = (this.kept.get(audience) ?? []).filter(({ frame }) => frame.seq > lastSeq);
    const [first] = missed;
    if (!first || first.frame.after > lastSeq) return null;
    let bytes = sizeOf(beside);
    for (const one of missed) bytes += one.bytes ??= sizeOf(one.frame);
    return bytes <= mostBytes ? missed.map(({ frame }) => frame) : null;
  }
}
