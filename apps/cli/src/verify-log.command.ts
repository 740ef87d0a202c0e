import { AuditService } from '@xuekao/audit';
import { Rooms } from '@xuekao/rooms';
import type { INestApplicationContext } from '@nestjs/common';
import { withApp } from './context.js';
import type { Command } from './commands.js';

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** One line per log; the first broken row of each is named. */
async function verifyRooms(rooms: Rooms, roomIds: readonly string[]): Promise<boolean> {
  let isWhole = true;
  for (const roomId of roomIds) {
    const verdict = await rooms.verify(roomId);
    if (!verdict.ok) isWhole = false;
    const { ok: _ok, ...found } = verdict;
    say({ log: 'room', roomId, kind: verdict.ok ? 'whole' : 'broken', ...found });
  }
  return isWhole;
}

async function verifyAll(app: INestApplicationContext): Promise<boolean> {
  const audit = await app.get(AuditService).verifyAudit();
  say({ log: 'audit', ...audit });
  const rooms = app.get(Rooms, { strict: false });
  return (await verifyRooms(rooms, await rooms.roomIds())) && audit.kind === 'whole';
}

export const verifyLogCommand: Command = {
  name: 'verify-log',
  help: 'check the hash chains of the audit log and of every live room; --room <id> for one room alone',
  run: (args) =>
    withApp(async (app) => {
      if (args.length === 0) return (await verifyAll(app)) ? 0 : 1;
      const [option, roomId] = args;
      if (option !== '--room' || roomId === undefined || args.length > 2) {
        process.stderr.write('Usage: verify-log [--room <id>]\n');
        return 2;
      }
      const rooms = app.get(Rooms, { strict: false });
      if (!(await rooms.roomIds()).includes(roomId)) {
        process.stderr.write(`There is no room ${roomId}\n`);
        return 2;
      }
      return (await verifyRooms(rooms, [roomId])) ? 0 : 1;
    }),
};
