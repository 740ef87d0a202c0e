import { Injectable } from '@nestjs/common';
import type { LiveBuzzBody, LiveBuzzReady, RoomReceipt } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { Rooms, RoomSockets } from '@xuekao/rooms';
import type { Socket } from 'socket.io';
import type { BuzzPressCommand } from '../core/buzzer/buzz-message.js';
import { creditableRtt } from '../core/buzzer/rtt.js';
import { allowed, LiveRefused } from '../live.errors.js';
import { RttMeters } from '../socket/rtt-meter.js';

/** Seats of a hall quiz, which has no buzzer. */
const quizAudience = 'player';

/** Presses on their way into a room: dated and measured where the socket is. */
@Injectable()
export class BuzzService {
  constructor(
    private readonly rooms: Rooms,
    private readonly sockets: RoomSockets,
    private readonly meters: RttMeters,
  ) {}

  /** Starts measuring the way to this device; asked again it tells how far that has come. */
  ready(socket: Socket, roomId: string): LiveBuzzReady {
    this.seatOf(socket, roomId);
    const samples = this.meters.samplesOf(socket);
    return { rttMs: creditableRtt(samples), samples: samples.count };
  }

  /** The receipt after the commit. A press of a socket that holds no seat in the room is refused. */
  async press(socket: Socket, body: LiveBuzzBody, arrivedAt: Instant): Promise<RoomReceipt> {
    const { commandId, roomId, buzz, pressedAt } = body;
    const seat = this.seatOf(socket, roomId);
    const rttMs = creditableRtt(this.meters.samplesOf(socket));
    const command: BuzzPressCommand = { type: 'buzz', seat, buzz, arrivedAt, claimedAt: pressedAt ?? null, rttMs };
    const { seq, at } = allowed(await this.rooms.submit(roomId, { id: `buzz:${seat}:${commandId}`, command }));
    return { commandId, seq, at };
  }

  private seatOf(socket: Socket, roomId: string): string {
    const viewer = this.sockets.viewerOf(socket, roomId);
    if (!viewer || viewer.seat === null) throw new LiveRefused('live.seat.unknown');
    if (viewer.audience === quizAudience) throw new LiveRefused('live.buzz.not-here');
    return viewer.seat;
  }
}
