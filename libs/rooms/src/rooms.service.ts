import { Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { RoomCatchUp, RoomReceipt } from '@xuekao/contracts';
import { isRefusal, refuse, seededRng } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import type { OpaqueMachine, RoomViewer } from './machine.js';
import { OwnerUnreachable, RoomDirectory, RoomLink } from './room-directory.js';
import type { RoomQuestion } from './room-directory.js';
import { defaultLimits, HostStopped } from './host-needs.js';
import type { RoomCommand } from './host-needs.js';
import { RoomHost } from './room-host.js';
import { genesisHash, rowHash, StaleOwner, verifyLog } from './room-log.js';
import type { LogRow, Verdict } from './room-log.js';
import { RoomResults } from './room-results.js';
import { RoomSink } from './room-sink.js';
import { RoomStore } from './room.store.js';
import { detached, pause, realTimers } from './timers.js';

/** What a lib gives to have its rooms run. */
export interface RoomKind {
  readonly machine: OpaqueMachine;
  /**
   * Stores what is to remain of a room that is over, and closes it with `Rooms.close` in the same transaction. Called at least
   * once until that has happened.
   */
  readonly over: (roomId: string, state: unknown) => Promise<void>;
}

const wakeWithinMs = 12 * 3_600_000;
const idleMs = 10 * 60_000;
/** Longer than a dead owner's lease and the look for orphans together: a question asked meanwhile finds the next owner. */
const askMs = 6_000;
const lookEveryMs = 1_000;
/** A node that ends waits so long for the next owners to answer what was asked here. */
const farewellMs = 2_000;
const pageRows = 200;

/** Every room of this installation by its id, wherever its owner is. */
@Injectable()
export class Rooms implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('rooms');
  private readonly kinds = new Map<string, RoomKind>();
  private readonly hosts = new Map<string, Promise<RoomHost | null>>();
  /** Those of `hosts` that are open; one that has stopped since says so when it is asked. */
  private readonly running = new Map<string, RoomHost>();
  private readonly results = new RoomResults((roomId) => !this.isClosing && this.hosts.has(roomId));
  private readonly sweeps: NodeJS.Timeout[] = [];
  private isClosing = false;
  private asking = 0;

  constructor(
    private readonly store: RoomStore,
    private readonly directory: RoomDirectory,
    private readonly link: RoomLink,
    private readonly sink: RoomSink,
    private readonly clock: AppClock,
  ) {}

  register(kind: RoomKind): void {
    this.kinds.set(kind.machine.kind, kind);
  }

  /** Within the caller's transaction: the room with the outcome of its first command. */
  async create(roomId: string, kindName: string, first: RoomCommand): Promise<void> {
    const { machine } = this.kindOf(kindName);
    const at = this.clock.now();
    const events = machine.decide(machine.initial(roomId), first.command, at, seededRng(`${roomId}:1:0`));
    if (isRefusal(events)) throw new Error(`Room ${roomId} refuses its first command: ${events.code}`);
    const payload = JSON.stringify({ commands: [[first.id, at]], events });
    const draft = { roomId, seq: 1, epoch: 0, at, payload };
    await this.store.create(kindName, { ...draft, hash: rowHash(genesisHash(roomId), draft) });
  }

  /** Within the caller's transaction. False when the room was closed before. */
  close(roomId: string): Promise<boolean> {
    return this.store.close(roomId, this.clock.now());
  }

  /** Within the caller's transaction: nothing is left of the room, running or not. What an owner still holds it cannot write. */
  async erase(roomId: string): Promise<void> {
    await this.store.erase(roomId);
    this.store.afterCommit(() => void this.drop(roomId, 'erased'));
  }

  /** Open rooms in which something happened after this instant, in any process. */
  inUseSince(since: Instant): Promise<string[]> {
    return this.store.unfinished(since);
  }

  roomIds(): Promise<string[]> {
    return this.store.roomIds();
  }

  /** Straight to the host where it runs here: a hall's answers come by the thousand. */
  submit(roomId: string, command: RoomCommand): Promise<RoomReceipt | Refusal> {
    const host = this.directory.isOwnedHere(roomId) ? this.running.get(roomId) : undefined;
    if (!host) return this.askToSubmit(roomId, command);
    return host.submit(command).catch((error: unknown) => {
      if (!isPassing(error)) throw error;
      this.directory.doubt(roomId);
      return this.askToSubmit(roomId, command);
    });
  }

  view(roomId: string, viewer: RoomViewer): Promise<{ readonly seq: number; readonly view: unknown } | Refusal> {
    const asked = this.ask({ ask: 'view', roomId, ...viewer });
    return asked as Promise<{ readonly seq: number; readonly view: unknown } | Refusal>;
  }

  /** What the machine's `inspect` says, or a refusal. */
  inspect(roomId: string, inquiry: unknown): Promise<unknown> {
    return this.ask({ ask: 'inspect', roomId, inquiry });
  }

  catchUp(roomId: string, viewer: RoomViewer, lastSeq: number): Promise<RoomCatchUp<unknown, unknown> | Refusal> {
    const asked = this.ask({ ask: 'catch-up', roomId, ...viewer, lastSeq });
    return asked as Promise<RoomCatchUp<unknown, unknown> | Refusal>;
  }

  /** The rows of a room in order, a page in memory at a time. */
  async *rows(roomId: string): AsyncGenerator<LogRow> {
    for (let from = 1; ; from += pageRows) {
      const page = await this.store.rows(roomId, from, from + pageRows - 1);
      yield* page;
      if (page.length < pageRows) return;
    }
  }

  async verify(roomId: string): Promise<Verdict> {
    const head = await this.store.head(roomId);
    const rows: LogRow[] = [];
    for await (const row of this.rows(roomId)) rows.push(row);
    return verifyLog(roomId, rows, head);
  }

  onApplicationBootstrap(): void {
    const summoned = (roomId: string): void => void this.take(roomId);
    this.link.serve((question) => this.answerAsOwner(question), summoned);
    this.directory.onLost((roomId) => void this.drop(roomId, 'lease lost'));
    this.every(60_000, () => void this.putDownIdle());
  }

  /** Rooms that ran when their process died go on here without waiting for anybody to call. */
  keepRunning(): void {
    void this.takeOrphans();
    if (this.directory.isShared) this.every(lookEveryMs, () => void this.takeOrphans());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    this.directory.retire();
    for (const timer of this.sweeps.splice(0)) clearInterval(timer);
    await Promise.all([...this.hosts.keys()].map((roomId) => this.handOver(roomId)));
    const until = Date.now() + farewellMs;
    while (this.directory.isShared && this.asking > 0 && Date.now() < until) await pause(20);
  }

  /** The next owner takes the room at once, and what waits here is asked there. */
  private async handOver(roomId: string): Promise<void> {
    await this.drop(roomId, 'shutdown');
    await this.link.summon(roomId);
  }

  private askToSubmit(roomId: string, { id, command }: RoomCommand): Promise<RoomReceipt | Refusal> {
    return this.ask({ ask: 'submit', roomId, id, command }) as Promise<RoomReceipt | Refusal>;
  }

  private ask(question: RoomQuestion): Promise<unknown> {
    this.asking += 1;
    return this.askUntilAnswered(question).finally(() => (this.asking -= 1));
  }

  private async askUntilAnswered(question: RoomQuestion): Promise<unknown> {
    const { roomId } = question;
    const giveUpAt = Date.now() + askMs;
    for (let attempt = 0; Date.now() < giveUpAt; attempt++) {
      if (attempt > 0) await pause(Math.min(attempt * 50, 400));
      if (this.isClosing && !this.directory.isShared) break;
      const owner = await this.directory.ownerFor(roomId);
      try {
        if (owner === this.directory.nodeId) return await this.answerHere(question);
        if (owner !== null) return await this.link.ask(owner, question);
        await this.link.summon(roomId);
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.directory.doubt(roomId);
      }
    }
    return refuse('rooms.unreachable');
  }

  /** For other nodes, whose knowledge of owners may be old. */
  private async answerAsOwner(question: RoomQuestion): Promise<unknown> {
    const { nodeId } = this.directory;
    if ((await this.directory.ownerFor(question.roomId)) !== nodeId) throw new OwnerUnreachable(nodeId);
    return this.answerHere(question);
  }

  /** Answers as owner. Rejects with HostStopped or StaleOwner where the caller should look for the owner again. */
  private async answerHere(question: RoomQuestion): Promise<unknown> {
    const host = await this.hostOf(question.roomId);
    if (!host) return refuse('rooms.not-found');
    switch (question.ask) {
      case 'submit':
        return host.submit({ id: question.id, command: question.command });
      case 'inspect':
        return host.inspect(question.inquiry);
      case 'view':
        return host.view({ audience: question.audience, seat: question.seat });
      case 'catch-up':
        return host.catchUp({ audience: question.audience, seat: question.seat }, question.lastSeq);
    }
  }

  private hostOf(roomId: string): Promise<RoomHost | null> {
    let opening = this.hosts.get(roomId);
    if (!opening) {
      // A room belongs to nobody's request: what opens it must not lend it an identity or a transaction.
      opening = detached(() => this.open(roomId));
      this.hosts.set(roomId, opening);
      const forget = (): void => {
        if (this.hosts.get(roomId) === opening) this.hosts.delete(roomId);
      };
      opening.then((host) => host ?? forget(), forget);
    }
    return opening;
  }

  private async open(roomId: string): Promise<RoomHost | null> {
    // Asked for by anybody with any id, so the writer is not bothered before a reader has seen the room.
    const isKnown = (await this.store.find(roomId)) !== null;
    const claimed = isKnown ? await this.store.claim(roomId, this.directory.nodeId) : null;
    if (!claimed) {
      await this.directory.release(roomId);
      return null;
    }
    const startedAt = this.clock.now();
    const host = await RoomHost.open(claimed, this.kindOf(claimed.kind).machine, {
      log: this.store,
      sink: this.sink,
      clock: this.clock,
      timers: realTimers,
      limits: defaultLimits,
      over: (id, state) =>
        claimed.closedAt === null
          ? void this.results.keep(id, () => this.kindOf(claimed.kind).over(id, state))
          : undefined,
      stopped: (id, cause) => this.hostStopped(id, cause),
    });
    const { epoch } = claimed.lease;
    this.running.set(roomId, host);
    this.logger.log({
      event: 'room.opened',
      roomId,
      epoch,
      seq: claimed.headSeq,
      tookMs: this.clock.now() - startedAt,
    });
    return host;
  }

  private hostStopped(roomId: string, cause: unknown): void {
    this.hosts.delete(roomId);
    this.running.delete(roomId);
    if (cause instanceof Error) this.logger.warn({ event: 'room.stopped', roomId, err: cause });
  }

  private async takeOrphans(): Promise<void> {
    const since: Instant = this.clock.now() - wakeWithinMs;
    try {
      for (const roomId of await this.store.unfinished(since)) {
        if (this.isClosing || this.hosts.has(roomId)) continue;
        this.directory.doubt(roomId);
        await this.take(roomId);
      }
    } catch (error) {
      this.logger.error({ event: 'room.orphans-not-taken', err: error });
    }
  }

  private every(ms: number, act: () => void): void {
    this.sweeps.push(setInterval(() => detached(act), ms).unref());
  }

  private async take(roomId: string): Promise<void> {
    if (this.isClosing) return;
    try {
      if ((await this.directory.ownerFor(roomId)) === this.directory.nodeId) await this.hostOf(roomId);
    } catch (error) {
      if (!isPassing(error)) this.logger.error({ event: 'room.not-taken', roomId, err: error });
    }
  }

  private async putDownIdle(): Promise<void> {
    const before = this.clock.now() - idleMs;
    for (const [roomId, opening] of this.hosts) {
      const host = await opening.catch(() => null);
      if (host?.isIdle && host.lastUsedAt < before) await this.drop(roomId, 'idle');
    }
  }

  private async drop(roomId: string, reason: string): Promise<void> {
    const host = await this.hosts.get(roomId)?.catch(() => null);
    await host?.close(reason);
    this.hosts.delete(roomId);
    await this.directory.release(roomId);
  }

  private kindOf(name: string): RoomKind {
    const kind = this.kinds.get(name);
    if (!kind) throw new Error(`No machine is registered for rooms of kind ${name}`);
    return kind;
  }
}

/** The owner changed under the question: look for him again. */
function isPassing(error: unknown): boolean {
  if (error instanceof HostStopped) return true;
  return error instanceof StaleOwner || error instanceof OwnerUnreachable;
}
