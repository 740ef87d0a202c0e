import { createHash } from 'node:crypto';
import type { Instant } from '@xuekao/kernel';

/** One commit of a room: several commands and all events that follow from them. */
export interface LogRow {
  readonly roomId: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly epoch: number;
  readonly at: Instant;
  readonly payload: string;
  /** SHA-256 over the former hash and this row's own content, in hexadecimal. */
  readonly hash: string;
}

export interface RowBody<Event> {
  /** Accepted commands with their arrival times. */
  readonly commands: readonly (readonly [id: string, at: Instant])[];
  readonly events: readonly Event[];
}

export interface RoomLease {
  readonly roomId: string;
  readonly owner: string;
  readonly epoch: number;
}

/** The lease as it was taken, with the trace that the former owner left. */
export interface ClaimedRoom {
  readonly lease: RoomLease;
  readonly kind: string;
  readonly closedAt: Instant | null;
  readonly headSeq: number;
  readonly headHash: string;
  /** The last instant at which an owner is known to have run the room; null for a room that never ran. */
  readonly lastAliveAt: Instant | null;
}

export interface Snapshot {
  readonly roomId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly version: number;
  /** Hash of row `seq`. */
  readonly hash: string;
  readonly state: string;
}

/** The lease went to another owner: this host must stop at once, whatever it holds in memory. */
export class StaleOwner extends Error {
  constructor(readonly lease: RoomLease) {
    super(`Room ${lease.roomId} is no longer owned by ${lease.owner} at epoch ${lease.epoch}`);
  }
}

/** The truth about rooms. Every method is one commit. */
export abstract class RoomLog {
  /** Takes the room with an epoch one higher than any before; null for an unknown room. */
  abstract claim(roomId: string, owner: string): Promise<ClaimedRoom | null>;
  /** Writes the row, the head and the sign of life in one commit. Throws StaleOwner when epoch or number is not the owner's. */
  abstract append(lease: RoomLease, row: LogRow): Promise<void>;
  /** Sign of life of a room whose clock runs. Throws StaleOwner. */
  abstract beat(lease: RoomLease, at: Instant): Promise<void>;
  /** Rows with `from <= seq <= to`, in order. */
  abstract rows(roomId: string, from: number, to: number): Promise<LogRow[]>;
  abstract latestSnapshot(roomId: string, version: number): Promise<Snapshot | null>;
  /** Keeps the newest snapshot; the log itself is never shortened. */
  abstract saveSnapshot(snapshot: Snapshot): Promise<void>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the first row of a room is chained to. */
export const genesisHash = (roomId: string): string => sha256(`room:${roomId}`);

export function rowHash(former: string, row: Omit<LogRow, 'hash'>): string {
  return sha256(`${former}\n${row.roomId}\n${row.seq}\n${row.epoch}\n${row.at}\n${row.payload}`);
}

/** What is wrong with the row of that number: it is gone, its content is another's, it was changed, or rows after it are gone. */
export type LogFault = 'removed' | 'swapped' | 'changed' | 'cut-off' | 'head';

export type Verdict =
  | { readonly ok: true; readonly rows: number; readonly headHash: string }
  | { readonly ok: false; readonly seq: number; readonly reason: LogFault };

/**
 * Finds the first changed, removed or swapped row of a whole log. The head kept with the lease also gives away rows cut off
 * at the end (`cut-off`) and a log forged anew (`head`).
 */
export function verifyLog(
  roomId: string,
  rows: Iterable<LogRow>,
  head: { readonly seq: number; readonly hash: string },
): Verdict {
  let hash = genesisHash(roomId);
  let seq = 0;
  const all = [...rows];
  for (const row of all) {
    if (row.seq !== seq + 1 || row.roomId !== roomId) return { ok: false, seq: seq + 1, reason: 'removed' };
    if (rowHash(hash, row) !== row.hash) return { ok: false, seq: row.seq, reason: whyBroken(hash, row, all) };
    hash = row.hash;
    seq = row.seq;
  }
  if (seq < head.seq) return { ok: false, seq: seq + 1, reason: 'cut-off' };
  if (head.seq !== seq || head.hash !== hash) return { ok: false, seq, reason: 'head' };
  return { ok: true, rows: seq, headHash: hash };
}

/** Swapped where a later row, given this number, continues the chain with its own hash. */
function whyBroken(former: string, row: LogRow, all: readonly LogRow[]): LogFault {
  const rightful = all.some(
    (other) => other.seq > row.seq && rowHash(former, { ...other, seq: row.seq }) === other.hash,
  );
  return rightful ? 'swapped' : 'changed';
}
