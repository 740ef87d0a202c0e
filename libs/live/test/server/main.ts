import { createInterface } from 'node:readline';
import { RedisRoomsModule, RoomStore } from '@xuekao/rooms';
import { FallingStore } from './scripted-fall.js';
import type { Fall } from './scripted-fall.js';
import { portOf, startTestServer } from './test-server.js';

/** Started by the crash specs as a process of its own; says its port on standard output, takes falls from standard input. */
const redis = process.env.TEST_REDIS;
process.on('SIGINT', () => process.exit(0));
const app = await startTestServer({
  ...(redis ? { roomAdapters: RedisRoomsModule.forRoot({ url: redis, owns: true }) } : {}),
  file: process.env.TEST_FILE,
  url: process.env.TEST_URL,
  port: Number(process.env.TEST_PORT ?? 0),
});
const falling = new FallingStore(app.get(RoomStore, { strict: false }));
const orders = createInterface(process.stdin);
// Whoever started it is gone, in whatever way.
orders.on('close', () => process.exit(0));
orders.on('line', (line) => {
  falling.plan(JSON.parse(line) as Fall);
  process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
  process.stdout.write('planned\n');
});
process.stdout.write(`${JSON.stringify({ port: portOf(app) })}\n`);
