import type { Rooms, RoomSockets, RoomViewer } from '@xuekao/rooms';
import { refuse } from '@xuekao/kernel';
import type { Socket } from 'socket.io';
import { noRtt, withRtt } from '../core/buzzer/rtt.js';
import type { RttMeters } from '../socket/rtt-meter.js';
import { BuzzService } from './buzz.service.js';

const socket = {} as Socket;
const samples = [20, 22, 24].reduce(withRtt, noRtt);

function service(viewer: RoomViewer | undefined, reply: unknown = { commandId: 'x', seq: 7, at: 99 }) {
  const sent: unknown[] = [];
  const rooms = { submit: async (...given: unknown[]) => (sent.push(given), reply) } as unknown as Rooms;
  const sockets = { viewerOf: () => viewer } as unknown as RoomSockets;
  const meters = { samplesOf: () => samples } as unknown as RttMeters;
  return { buzz: new BuzzService(rooms, sockets, meters), sent };
}

const body = { commandId: 'c1', roomId: 'r', buzz: 3, pressedAt: 5 };

describe('a press on its way into the room', () => {
  it('carries the seat, the arrival and the round trip that this node measured', async () => {
    const { buzz, sent } = service({ audience: 'contestant', seat: 's' });
    expect(await buzz.press(socket, body, 50)).toEqual({ commandId: 'c1', seq: 7, at: 99 });
    const command = { type: 'buzz', seat: 's', buzz: 3, arrivedAt: 50, claimedAt: 5, rttMs: 22 };
    expect(sent).toEqual([['r', { id: 'buzz:s:c1', command }]]);
    expect(buzz.ready(socket, 'r')).toEqual({ rttMs: 22, samples: 3 });
  });

  it('is refused without a seat, in a room without a buzzer, and as the room refuses it', async () => {
    const refused = (viewer: RoomViewer | undefined, reply?: unknown) =>
      service(viewer, reply).buzz.press(socket, body, 50);
    await expect(refused(undefined)).rejects.toMatchObject({ code: 'live.seat.unknown' });
    await expect(refused({ audience: 'screen', seat: null })).rejects.toMatchObject({ code: 'live.seat.unknown' });
    await expect(refused({ audience: 'player', seat: 'm' })).rejects.toMatchObject({ code: 'live.buzz.not-here' });
    const closed = refuse('live.buzz.closed', { buzz: 3 });
    await expect(refused({ audience: 'contestant', seat: 's' }, closed)).rejects.toMatchObject({ code: closed.code });
  });
});
