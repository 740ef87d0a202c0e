import type { RoomCatchUp, RoomFrame } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { defaultLimits, RoomHost, RoomSink } from '@xuekao/rooms';
import type { OpaqueMachine, RoomViewer } from '@xuekao/rooms';
import { FakeTime, MemoryRoomLog } from '@xuekao/rooms/testing';

class Kept extends RoomSink {
  readonly frames = new Map<string, RoomFrame<unknown>[]>();
  override frame(audience: string, frame: RoomFrame<unknown>): void {
    this.frames.set(audience, [...(this.frames.get(audience) ?? []), frame]);
  }
  override personal(): void {}
  override progress(): void {}
}

export type CaughtUp = RoomCatchUp<unknown, unknown>;

/** A room with its real host, whose clock moves when told. */
export class HostedRoom {
  readonly log = new MemoryRoomLog();
  readonly time = new FakeTime();
  readonly sink = new Kept();
  private host!: RoomHost;
  private sent = 0;

  constructor(private readonly machine: OpaqueMachine) {
    this.log.create('r', machine.kind);
  }

  /** The next owner takes over: nothing but the log is left. */
  async open(): Promise<this> {
    const { log, time, sink, machine } = this;
    const claimed = await log.claim('r', 'node');
    const needs = { log, sink, clock: time, timers: time, limits: defaultLimits };
    const opening = RoomHost.open(claimed!, machine, { ...needs, over: () => undefined, stopped: () => undefined });
    await time.advance(20);
    this.host = await opening;
    return this;
  }

  /** False for a refusal. */
  async send(command: unknown): Promise<boolean> {
    const reply = this.host.submit({ id: `c${this.sent++}`, command });
    await this.time.advance(20);
    return !isRefusal(await reply);
  }

  view(viewer: RoomViewer): Promise<{ readonly seq: number; readonly view: unknown }> {
    return this.host.view(viewer);
  }

  catchUp(viewer: RoomViewer, lastSeq: number): Promise<CaughtUp> {
    return this.host.catchUp(viewer, lastSeq);
  }
}
