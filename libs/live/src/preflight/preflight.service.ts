import { Injectable } from '@nestjs/common';
import { newId } from '@xuekao/kernel';
import { AppClock, Refused, WakeSignal } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import { LiveRefused } from '../live.errors.js';
import { isOpen, PreflightRecord } from './preflight-record.js';
import type { PreflightRun } from './preflight-record.js';

/** A room in which something happened within this time is in use. */
const inUseMs = 5 * 60_000;

/** Asking for a pre-flight, and looking at how far it is. A process that holds sockets runs it. */
@Injectable()
export class PreflightService {
  constructor(
    private readonly record: PreflightRecord,
    private readonly rooms: Rooms,
    private readonly signal: WakeSignal,
    private readonly clock: AppClock,
  ) {}

  /** Refuses 'live.preflight.already' beside another one, and 'live.preflight.rooms-in-use' unless forced. */
  async start(phones: number, isForced: boolean): Promise<PreflightRun> {
    const now = this.clock.now();
    const newest = await this.record.newest();
    if (newest && isOpen(newest)) throw new LiveRefused('live.preflight.already');
    // What a run that died has left is nobody's room.
    const inUse = (await this.rooms.inUseSince(now - inUseMs)).filter((roomId) => roomId !== newest?.roomId);
    if (inUse.length > 0 && !isForced) throw new LiveRefused('live.preflight.rooms-in-use', { rooms: inUse.length });
    const run: PreflightRun = {
      id: newId(now),
      phones,
      state: 'waiting',
      percent: 0,
      askedAt: now,
      toldAt: now,
      runner: null,
      roomId: null,
      figures: null,
      verdict: null,
    };
    const started = await this.record.change(null, (former) =>
      former && isOpen(former) ? null : { ...run, roomId: former?.roomId ?? null },
    );
    if (!started) throw new LiveRefused('live.preflight.already');
    this.signal.send('preflight');
    return started;
  }

  /** The last ten, newest first. */
  list(): Promise<PreflightRun[]> {
    return this.record.all();
  }

  /** Refuses 'resource.not-found' for all but the last ten. */
  async get(id: string): Promise<PreflightRun> {
    const run = (await this.record.all()).find((one) => one.id === id);
    if (!run) throw new Refused('resource.not-found');
    return run;
  }
}
