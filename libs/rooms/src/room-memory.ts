import type { RoomReceipt } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { OpaqueMachine } from './machine.js';
import { genesisHash, rowHash } from './room-log.js';
import type { ClaimedRoom, LogRow, RoomLog, RowBody, Snapshot } from './room-log.js';

const pageRows = 200;

/** The log of a room does not agree with itself: nobody may go on writing it before a person has looked. */
export class BrokenLog extends Error {
  constructor(roomId: string, seq: number) {
    super(`The log of room ${roomId} is broken at row ${seq}: a row is missing or was changed`);
  }
}

/** What an owner holds of its room: the folded state, the head of the log, and the receipts already given. */
export class RoomMemory {
  seq = 0;
  /** Number of the last row that the newest snapshot holds. */
  snapshotSeq = 0;
  hash: string;
  /** Arrival times never run backwards, even when the machine's clock does. */
  lastAt: Instant = 0;
  private readonly receipts = new Map<string, RoomReceipt>();

  private constructor(
    readonly roomId: string,
    readonly machine: OpaqueMachine,
    public state: unknown,
    private readonly remembered: number,
  ) {
    this.hash = genesisHash(roomId);
  }

  /** Snapshot and tail, checked against the hash chain. `remembered` is how many of the newest receipts are kept. */
  static async load(
    log: RoomLog,
    machine: OpaqueMachine,
    claimed: ClaimedRoom,
    remembered: number,
  ): Promise<RoomMemory> {
    const { roomId } = claimed.lease;
    const snapshot = await log.latestSnapshot(roomId, machine.version);
    const state = snapshot ? machine.decode(snapshot.state) : machine.initial(roomId);
    const memory = new RoomMemory(roomId, machine, state, remembered);
    if (snapshot) memory.startAt(snapshot);
    await memory.recallBefore(log, memory.seq);
    while (memory.seq < claimed.headSeq) {
      const rows = await log.rows(roomId, memory.seq + 1, Math.min(memory.seq + pageRows, claimed.headSeq));
      if (rows.length === 0) throw new BrokenLog(roomId, memory.seq + 1);
      for (const row of rows) memory.replay(row);
    }
    if (memory.hash !== claimed.headHash) throw new BrokenLog(roomId, memory.seq);
    return memory;
  }

  receiptOf(commandId: string): RoomReceipt | undefined {
    return this.receipts.get(commandId);
  }

  /** Takes note of a committed row whose events are folded already. */
  commit(row: LogRow, body: RowBody<unknown>): void {
    this.seq = row.seq;
    this.hash = row.hash;
    this.lastAt = Math.max(this.lastAt, row.at);
    this.remember(row.seq, body);
  }

  private startAt(snapshot: Snapshot): void {
    this.seq = snapshot.seq;
    this.snapshotSeq = snapshot.seq;
    this.hash = snapshot.hash;
    this.lastAt = snapshot.at;
  }

  private replay(row: LogRow): void {
    if (row.seq !== this.seq + 1 || rowHash(this.hash, row) !== row.hash) throw new BrokenLog(this.roomId, row.seq);
    const body = JSON.parse(row.payload) as RowBody<unknown>;
    for (const event of body.events) this.state = this.machine.evolve(this.state, event);
    this.commit(row, body);
  }

  private async recallBefore(log: RoomLog, seq: number): Promise<void> {
    const newestFirst: LogRow[] = [];
    let commands = 0;
    for (let to = seq; to > 0 && commands < this.remembered; to -= pageRows) {
      const rows = await log.rows(this.roomId, Math.max(1, to - pageRows + 1), to);
      for (const row of rows.reverse()) {
        newestFirst.push(row);
        commands += (JSON.parse(row.payload) as RowBody<unknown>).commands.length;
      }
    }
    for (const row of newestFirst.reverse()) this.remember(row.seq, JSON.parse(row.payload) as RowBody<unknown>);
  }

  private remember(seq: number, body: RowBody<unknown>): void {
    for (const [commandId, at] of body.commands) this.receipts.set(commandId, { commandId, seq, at });
    for (const oldest of this.receipts.keys()) {
      if (this.receipts.size <= this.remembered) break;
      this.receipts.delete(oldest);
    }
  }
}
