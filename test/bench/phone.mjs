// A phone as cheap as it can be: one TCP socket that speaks WebSocket, engine.io and socket.io as text, so that thousands fit
// into one generator and its own work hardly shows in the figures. Frames are masked with zeros, which the protocol allows.
import { connect } from 'node:net';

const pong = frameOf('3');

/** A masked text frame. */
function frameOf(text) {
  const length = Buffer.byteLength(text);
  const extra = length < 126 ? 0 : 2;
  const frame = Buffer.allocUnsafe(6 + extra + length);
  frame[0] = 0x81;
  frame[1] = 0x80 | (extra ? 126 : length);
  if (extra) frame.writeUInt16BE(length, 2);
  frame.fill(0, 2 + extra, 6 + extra);
  frame.write(text, 6 + extra);
  return frame;
}

export class Phone {
  /** Events that arrived, by name; `deliveries` counts all of them. */
  deliveries = 0;
  #socket = null;
  #rest = null;
  #isOpen = false;
  #waiting = new Map();
  #number = 0;
  #settle = null;

  /** `onEvent(text, phone)` gets the JSON array of every event as text, unparsed. */
  constructor(port, namespace, auth, onEvent) {
    this.port = port;
    this.namespace = namespace;
    this.auth = auth;
    this.onEvent = onEvent;
  }

  get isConnected() {
    return this.#settle === null && this.#socket !== null;
  }

  connect() {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
      this.#socket = socket;
      this.#isOpen = false;
      this.#rest = null;
      socket.on('connect', () =>
        socket.write(
          `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nUpgrade: websocket\r\n` +
            `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        ),
      );
      socket.on('data', (chunk) => this.#read(chunk));
      socket.on('error', (error) => this.#end(error));
      socket.on('close', () => this.#end(new Error('closed')));
    });
  }

  close() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.removeAllListeners('close');
    socket?.destroy();
  }

  /** The acknowledgement, parsed, and when it came. */
  ask(name, body) {
    return new Promise((resolve, reject) => {
      if (!this.#socket) return reject(new Error('not connected'));
      const id = this.#number++;
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(frameOf(`42${this.namespace},${id}${JSON.stringify([name, body])}`));
    });
  }

  #end(error) {
    this.#socket = null;
    this.#settle?.reject(error);
    this.#settle = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #read(chunk) {
    let data = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    if (!this.#isOpen) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#rest = data);
      const status = data.toString('latin1', 9, 12);
      if (status !== '101') return this.#end(new Error(`handshake answered ${status}`));
      this.#isOpen = true;
      data = data.subarray(end + 4);
    }
    let at = 0;
    while (data.length - at >= 2) {
      let length = data[at + 1] & 0x7f;
      let head = 2;
      if (length === 126) {
        if (data.length - at < 4) break;
        length = data.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (data.length - at < 10) break;
        length = Number(data.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (data.length - at < head + length) break;
      const opcode = data[at] & 0x0f;
      if (opcode === 8) return this.#end(new Error('closed by the server'));
      if (opcode === 1) this.#packet(data, at + head, at + head + length);
      at += head + length;
    }
    if (at < data.length) this.#rest = Buffer.from(data.subarray(at));
  }

  #packet(data, from, to) {
    const engine = data[from];
    // '2' asks for a sign of life, '0' opens the connection, '4' carries a socket.io packet.
    if (engine === 0x32) return void this.#socket?.write(pong);
    if (engine === 0x30) return void this.#socket?.write(frameOf(`40${this.namespace},${JSON.stringify(this.auth)}`));
    if (engine !== 0x34) return;
    const kind = data[from + 1];
    const head = from + 3 + this.namespace.length;
    if (kind === 0x32) {
      this.deliveries += 1;
      this.onEvent?.(data, head, to, this);
    } else if (kind === 0x33) {
      const bracket = data.indexOf(0x5b, head);
      const id = Number(data.toString('latin1', head, bracket));
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      waiting?.resolve({ reply: JSON.parse(data.toString('utf8', bracket, to))[0], at: performance.now() });
    } else if (kind === 0x30) {
      this.#settle?.resolve(this);
      this.#settle = null;
    } else if (kind === 0x34) this.#end(new Error(`refused: ${data.toString('utf8', head, to)}`));
  }
}
