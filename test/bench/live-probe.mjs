// Loaded into the app and into the floor alike (`node --import`): when a press was read from its connection, and when its receipt
// was handed to the system, on the clock that all processes of a machine share. So what a press waited for at the server can be
// told from what the generator's own process waited for its turn.
import { createWriteStream } from 'node:fs';
import { Socket } from 'node:net';
import { nowMs } from './clock.mjs';

const out = createWriteStream(process.env.BENCH_PROBE);
const longest = 1_000;
/** Presses that were read and are not acknowledged yet, by connection and number of the acknowledgement. */
const waiting = new Map();

const { push } = Socket.prototype;
Socket.prototype.push = function read(chunk, encoding) {
  // The generator masks with zeros: what comes is readable.
  if (chunk !== null && chunk.length < longest && chunk.includes('["room:buzz"')) {
    const [, number, id] = /42\/live,(\d+)\["room:buzz",\{"commandId":"([^"]+)"/.exec(chunk.toString('latin1'));
    waiting.set(this, { start: `43/live,${number}[`, id });
    out.write(`read ${id} ${nowMs()}\n`);
  }
  return push.call(this, chunk, encoding);
};

const { write } = Socket.prototype;
Socket.prototype.write = function written(chunk, ...given) {
  const done = write.call(this, chunk, ...given);
  const awaited = waiting.size > 0 ? waiting.get(this) : undefined;
  if (awaited && chunk.indexOf(awaited.start) === 0) {
    waiting.delete(this);
    out.write(`written ${awaited.id} ${nowMs()}\n`);
  }
  return done;
};
