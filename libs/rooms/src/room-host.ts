import type { RoomCatchUp, RoomReceipt } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { decideBatch } from './batch.js';
import type { OpaqueMachine, RoomViewer } from './machine.js';
import { rowHash, StaleOwner } from './room-log.js';
import type { ClaimedRoom, LogRow, RoomLease, RowBody } from './room-log.js';
import { HostStopped } from './host-needs.js';
import type { HostNeeds, RoomCommand } from './host-needs.js';
import { Mailbox } from './mailbox.js';
import { Pace } from './pace.js';
import { RoomMemory } from './room-memory.js';
import { ProgressTicker } from './progress-ticker.js';
import { FrameLedger } from './room-sink.js';
import { roomMetrics, runningRooms } from './room-metrics.js';
import { Alarm, detached } from './timers.js';

/** A snapshot waits for a pause of so long; one that is so many times overdue is content with a shorter one. */
const snapshotPauses = [
  { overdue: 1, pauseMs: 1_500 },
  { overdue: 10, pauseMs: 300 },
  { overdue: 100, pauseMs: 0 },
] as const;

/**
 * The one writer of a room. Commands queue in a mailbox; a batch is decided and folded, written as one row, and only then
 * answered and published. When a write fails the folded state is worth nothing: the host stops, and a new one loads the log.
 */
export class RoomHost {
  private readonly mailbox = new Mailbox();
  private readonly readers: (() => void)[] = [];
  private readonly wake: Alarm;
  private readonly deadline: Alarm;
  private readonly beat: Alarm;
  private readonly snapshot: Alarm;
  private readonly frames: FrameLedger;
  private readonly progress: ProgressTicker;
  private readonly pace: Pace;
  private busy = false;
  private writingSince: Instant | null = null;
  private draining: Promise<void> = Promise.resolve();
  private cause: unknown = null;
  private snapshotSeq: number;
  private refusedDeadlineAt: Instant | null = null;
  lastUsedAt: Instant;

  private constructor(
    private readonly lease: RoomLease,
    private readonly memory: RoomMemory,
    private readonly machine: OpaqueMachine,
    private readonly needs: HostNeeds,
  ) {
    this.wake = new Alarm(needs.timers);
    this.deadline = new Alarm(needs.timers);
    this.beat = new Alarm(needs.timers);
    this.snapshot = new Alarm(needs.timers);
    this.snapshotSeq = memory.snapshotSeq;
    this.frames = new FrameLedger(Object.keys(machine.audiences), lease.roomId, memory.seq);
    this.progress = new ProgressTicker(needs.clock, needs.timers, machine.audiences, (audience) => this.tick(audience));
    this.pace = new Pace(needs.limits);
    this.lastUsedAt = needs.clock.now();
  }

  /** Takes over a claimed room: folds its log, gives back the time nobody ran it, and sets its clock going. */
  static async open(claimed: ClaimedRoom, machine: OpaqueMachine, needs: HostNeeds): Promise<RoomHost> {
    const memory = await RoomMemory.load(needs.log, machine, claimed, needs.limits.rememberedCommands);
    const host = new RoomHost(claimed.lease, memory, machine, needs);
    const now = needs.clock.now();
    if (claimed.lastAliveAt !== null && claimed.lastAliveAt < now) {
      const command = machine.afterOutage(memory.state, claimed.lastAliveAt, now);
      if (command !== null) await host.submit({ id: `outage:${claimed.lease.epoch}`, command });
    }
    host.afterCommit();
    runningRooms.add(host);
    return host;
  }

  get roomId(): string {
    return this.lease.roomId;
  }

  get isStopped(): boolean {
    return this.cause !== null;
  }

  /** Nothing waits and no clock runs: the room can be put down without anyone noticing. */
  get isIdle(): boolean {
    return this.mailbox.size === 0 && !this.busy && !this.deadline.isSet;
  }

  /** The receipt after the commit, or an expected refusal. Rejects with HostStopped when the write failed. */
  submit(command: RoomCommand): Promise<RoomReceipt | Refusal> {
    const now = this.needs.clock.now();
    this.lastUsedAt = now;
    if (this.cause !== null) return Promise.reject(new HostStopped(this.roomId, this.cause));
    if (this.mailbox.size >= this.needs.limits.waitingMost) return Promise.resolve(refuse('rooms.busy'));
    const isUrgent = this.machine.isUrgent?.(command.command) ?? false;
    return new Promise((resolve, reject) => {
      this.mailbox.push({ id: command.id, command: command.command, at: now, isUrgent, resolve, reject });
      this.wakeSoon();
    });
  }

  /** Runs the question against committed state: at once, or after the write that is under way. */
  read<T>(question: (state: unknown, seq: number) => T): Promise<T> {
    this.lastUsedAt = this.needs.clock.now();
    if (this.cause !== null) return Promise.reject(new HostStopped(this.roomId, this.cause));
    return new Promise((resolve, reject) => {
      const ask = (): void => {
        if (this.cause !== null) return reject(new HostStopped(this.roomId, this.cause));
        resolve(question(this.memory.state, this.memory.seq));
      };
      if (this.busy) this.readers.push(ask);
      else ask();
    });
  }

  /** When the oldest command came that is not committed yet. */
  get oldestUncommittedAt(): Instant | null {
    return this.writingSince ?? this.mailbox.oldestAt;
  }

  view(viewer: RoomViewer): Promise<{ readonly seq: number; readonly view: unknown }> {
    return this.read((state, seq) => ({ seq, view: this.machine.viewFor(state, viewer) }));
  }

  /** Undefined for a machine that answers no inquiries. */
  inspect(inquiry: unknown): Promise<unknown> {
    return this.read((state) => this.machine.inspect?.(state, inquiry));
  }

  /** What a client that saw everything up to `lastSeq` still needs: few and short frames, or its view. */
  catchUp(viewer: RoomViewer, lastSeq: number): Promise<RoomCatchUp<unknown, unknown>> {
    return this.read((state, seq) => {
      const untold = this.machine.untold?.(state, viewer);
      const isTold = (viewer.seat === null || untold !== undefined) && lastSeq <= seq;
      const frames = isTold ? this.frames.since(viewer.audience, lastSeq, untold) : null;
      if (!frames) return { kind: 'view', seq, view: this.machine.viewFor(state, viewer) };
      const also = untold === undefined ? {} : { untold };
      return frames.length === 0 ? { kind: 'current', seq, ...also } : { kind: 'frames', seq, frames, ...also };
    });
  }

  stop(cause: unknown): void {
    if (this.cause !== null) return;
    this.cause = cause;
    runningRooms.delete(this);
    for (const alarm of [this.wake, this.deadline, this.beat, this.snapshot]) alarm.clear();
    this.progress.stop();
    for (const waiting of this.mailbox.takeAll()) waiting.reject(new HostStopped(this.roomId, cause));
    for (const ask of this.readers.splice(0)) ask();
    this.needs.stopped(this.roomId, cause);
  }

  /** Stops, and waits for a write that is under way: what it commits is still answered. */
  async close(cause: unknown): Promise<void> {
    this.stop(cause);
    await this.draining;
  }

  private wakeSoon(): void {
    const { oldestAt, hasUrgent, size } = this.mailbox;
    if (this.busy || oldestAt === null || this.cause !== null) return;
    const drain = (): void => {
      this.draining = this.drain();
    };
    if (hasUrgent) {
      this.wake.clear();
      return detached(drain);
    }
    const now = this.needs.clock.now();
    const isDue = size >= this.needs.limits.batchSize || this.pace.isCompany(size, now);
    this.wake.setNoLater(now, isDue ? now : this.pace.dueAt(Math.min(oldestAt, now)), drain);
  }

  private async drain(): Promise<void> {
    if (this.busy || this.cause !== null) return;
    this.busy = true;
    const startedAt = this.needs.clock.now();
    const { hasUrgent } = this.mailbox;
    const batch = this.mailbox.next(this.needs.limits.batchSize);
    this.writingSince = batch[0]?.at ?? null;
    try {
      const { body, replies } = decideBatch(this.machine, this.memory, batch);
      if (hasUrgent) this.needs.sink.makeWay(this.read(() => undefined));
      const row = body.commands.length > 0 ? await this.write(body) : null;
      this.busy = false;
      for (const reply of replies) reply();
      if (row) this.publish(row, body);
    } catch (cause) {
      this.busy = false;
      for (const waiting of batch) waiting.reject(new HostStopped(this.roomId, cause));
      this.stop(cause);
      return;
    }
    for (const ask of this.readers.splice(0)) ask();
    this.afterCommit();
    this.writingSince = null;
    this.pace.wrote(startedAt, this.needs.clock.now(), batch.length);
    roomMetrics.commands.inc(batch.length);
    this.wakeSoon();
  }

  private async write(body: RowBody<unknown>): Promise<LogRow> {
    const { memory, lease } = this;
    const draft = {
      roomId: lease.roomId,
      seq: memory.seq + 1,
      epoch: lease.epoch,
      at: Math.max(this.needs.clock.now(), memory.lastAt),
      payload: JSON.stringify(body),
    };
    const row = { ...draft, hash: rowHash(memory.hash, draft) };
    await this.needs.log.append(lease, row);
    memory.commit(row, body);
    roomMetrics.rows.inc();
    return row;
  }

  private publish(row: LogRow, body: RowBody<unknown>): void {
    for (const audience of Object.keys(this.machine.audiences)) {
      const events = body.events.filter((event) => this.machine.visible(event, audience) === 'full');
      if (events.length > 0) this.needs.sink.frame(audience, this.frames.next(audience, row.seq, row.at, events));
    }
    const messages = body.events.flatMap((event) => [...this.machine.personal(this.memory.state, event)]);
    if (messages.length > 0) this.needs.sink.personal(this.roomId, row.seq, messages);
    this.progress.changed();
    this.planSnapshot(row);
  }

  /** Counters for a whole hall wait while it answers: false asks to be called again. */
  private tick(audience: string): boolean {
    const isForAll = (this.machine.audiences[audience]?.progressMs ?? 0) >= 1_000;
    if (isForAll && this.pace.isRush(this.needs.clock.now())) return false;
    const send = (state: unknown): void => {
      const counters = this.machine.progress(state, audience);
      const seq = this.frames.lastSeq(audience);
      if (counters !== null) this.needs.sink.progress(this.roomId, audience, { seq, ...(counters as object) });
    };
    this.read(send).catch(() => undefined);
    return true;
  }

  /** Writing down thousands of seats takes tens of milliseconds, so it waits for a pause of the room. */
  private planSnapshot(row: LogRow): void {
    const overdue = (row.seq - this.snapshotSeq) / this.needs.limits.snapshotEveryRows;
    const pause = snapshotPauses.findLast((each) => overdue >= each.overdue);
    if (!pause) return;
    const now = this.needs.clock.now();
    const { pauseMs } = pause;
    this.snapshot.set(now, now + pauseMs, () => void this.read(() => this.keepSnapshot()).catch(() => undefined));
  }

  private keepSnapshot(): void {
    const { roomId, seq, lastAt: at, hash } = this.memory;
    this.snapshotSeq = seq;
    const state = this.machine.encode(this.memory.state);
    const { version } = this.machine;
    this.needs.log.saveSnapshot({ roomId, seq, at, hash, version, state }).catch((cause: unknown) => this.stop(cause));
  }

  private afterCommit(): void {
    if (this.cause !== null) return;
    if (this.machine.isOver(this.memory.state)) this.needs.over(this.roomId, this.memory.state);
    const due = this.machine.nextDeadline(this.memory.state);
    if (!due) {
      this.deadline.clear();
      this.beat.clear();
      return;
    }
    const now = this.needs.clock.now();
    // A deadline that the machine itself refuses must not spin.
    const at = due.at === this.refusedDeadlineAt ? now + this.needs.limits.beatMs : due.at;
    const id = `clock:${due.at}:${this.memory.seq}`;
    this.deadline.set(now, at, () => void this.meet(id, due.at, due.command));
    this.beat.setNoLater(now, now + this.needs.limits.beatMs, () => void this.giveSignOfLife());
  }

  private async meet(id: string, dueAt: Instant, command: unknown): Promise<void> {
    const reply = await this.submit({ id, command }).catch(() => null);
    this.refusedDeadlineAt = reply !== null && isRefusal(reply) ? dueAt : null;
    if (this.refusedDeadlineAt !== null) this.afterCommit();
  }

  private async giveSignOfLife(): Promise<void> {
    try {
      await this.needs.log.beat(this.lease, this.needs.clock.now());
    } catch (cause) {
      // A database that is away for a moment costs the room nothing; a lost lease ends it.
      if (cause instanceof StaleOwner) return this.stop(cause);
    }
    const now = this.needs.clock.now();
    if (this.deadline.isSet && this.cause === null) {
      this.beat.setNoLater(now, now + this.needs.limits.beatMs, () => void this.giveSignOfLife());
    }
  }
}
