import type { Clock } from '@xuekao/kernel';
import type { RoomLog } from './room-log.js';
import type { RoomSink } from './room-sink.js';
import type { Timers } from './timers.js';

export interface HostLimits {
  /** A command that comes alone waits this long for company. */
  readonly quietMs: number;
  /** Under load a command waits this long at most. */
  readonly batchMs: number;
  readonly batchSize: number;
  readonly waitingMost: number;
  readonly snapshotEveryRows: number;
  readonly beatMs: number;
  readonly rememberedCommands: number;
}

export const defaultLimits: HostLimits = {
  quietMs: 2,
  batchMs: 20,
  batchSize: 256,
  waitingMost: 20_000,
  snapshotEveryRows: 200,
  beatMs: 1_000,
  rememberedCommands: 131_072,
};

export interface HostNeeds {
  readonly log: RoomLog;
  readonly sink: RoomSink;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: HostLimits;
  /** The room is over and committed so; called again after every load until the room is closed. */
  readonly over: (roomId: string, state: unknown) => void;
  /** The host has given up; its memory must not be used again. */
  readonly stopped: (roomId: string, cause: unknown) => void;
}

/** The host gave up before the command was known to be saved. Asking the next owner with the same id is safe. */
export class HostStopped extends Error {
  constructor(roomId: string, cause: unknown) {
    super(`The host of room ${roomId} stopped`, { cause });
  }
}

export interface RoomCommand {
  /** Unique per intention; sending it again gives the same receipt. */
  readonly id: string;
  readonly command: unknown;
}
