import { RedisRoomsModule } from '@xuekao/rooms';
import { portOf, startTestServer } from './test-server.js';

/** Started by the crash specs as a process of its own; says its port on standard output. */
const redis = process.env.TEST_REDIS;
process.on('SIGINT', () => process.exit(0));
const app = await startTestServer({
  ...(redis ? { roomAdapters: RedisRoomsModule.forRoot({ url: redis, owns: true }) } : {}),
  file: process.env.TEST_FILE,
  url: process.env.TEST_URL,
  port: Number(process.env.TEST_PORT ?? 0),
});
process.stdout.write(`${JSON.stringify({ port: portOf(app) })}\n`);
