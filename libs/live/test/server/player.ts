import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { newId } from '@xuekao/kernel';
import type {
  BattleClientMessages,
  BattleServerMessages,
  BattleStanding,
  BuzzClientMessages,
  BuzzServerMessages,
  LiveClientMessages,
  LiveJoined,
  LiveReply,
  LiveServerMessages,
  Problem,
  QuizFrame,
  QuizHostAct,
  StageClientMessages,
} from '@xuekao/contracts';

export type ClientMessages = LiveClientMessages & BuzzClientMessages & BattleClientMessages & StageClientMessages;
type ServerMessages = LiveServerMessages & BuzzServerMessages & BattleServerMessages;
export type LiveSocket = Socket<ServerMessages, ClientMessages>;

/** A client that keeps everything it was sent. */
export class TestClient {
  readonly frames: QuizFrame[] = [];
  readonly others: unknown[] = [];
  readonly standings: BattleStanding[] = [];

  private constructor(readonly socket: LiveSocket) {
    socket.on('battle:matched', (standing) => this.standings.push(standing));
    socket.on('rtt:probe', (nonce, ack) => ack(nonce));
    socket.on('room:event', (frame) => this.frames.push(frame));
    for (const name of ['room:personal', 'room:progress', 'room:presence'] as const) {
      socket.on(name, (message: unknown) => this.others.push({ name, message }));
    }
  }

  static connect(port: number, auth: Record<string, string>, reconnects = false): Promise<TestClient> {
    const socket: LiveSocket = io(`http://127.0.0.1:${port}/live`, {
      auth,
      transports: ['websocket'],
      forceNew: true,
      reconnection: reconnects,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    });
    const client = new TestClient(socket);
    return new Promise((resolve, fail) => {
      let isSettled = false;
      const settle = (act: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        clearTimeout(timer);
        act();
      };
      const reject = (error: Error): void =>
        settle(() => {
          if (!reconnects) socket.close();
          fail(error);
        });
      const timer = setTimeout(() => reject(new Error('no connection in time')), 10_000);
      socket.once('connect', () => settle(() => resolve(client)));
      socket.once('connect_error', reject);
      // A server killed in the middle of the handshake is told by neither of the two.
      socket.once('disconnect', () => reject(new Error('disconnected')));
    });
  }

  /** The acknowledgement; rejects when the socket drops or nothing comes in time. */
  ask<T>(message: keyof ClientMessages, body: unknown): Promise<LiveReply<T>> {
    const waiting = this.socket.timeout(20_000) as unknown as { emit(...given: unknown[]): void };
    return new Promise((resolve, reject) => {
      waiting.emit(message, body, (error: Error | null, reply: LiveReply<T>) =>
        error ? reject(error) : resolve(reply),
      );
    });
  }

  async got<T>(message: keyof ClientMessages, body: unknown): Promise<T> {
    const reply = await this.ask<T>(message, body);
    if (!reply.ok) throw new Error(`${message} was refused: ${JSON.stringify(reply.problem)}`);
    return reply.value;
  }

  async refused(message: keyof ClientMessages, body: unknown): Promise<Problem> {
    const reply = await this.ask(message, body);
    if (reply.ok) throw new Error(`${message} was accepted`);
    return reply.problem;
  }

  act(roomId: string, act: QuizHostAct): Promise<unknown> {
    return this.got('room:command', { commandId: newId(), roomId, console: 'console-1', act });
  }

  join(code: string): Promise<LiveJoined> {
    return this.got('room:join', { code });
  }

  async seen(type: string): Promise<void> {
    await until(() => this.frames.some((frame) => frame.events.some((event) => event.type === type)), type);
  }

  /** Sets aside what it was sent so far. */
  forget(): void {
    this.frames.length = 0;
    this.others.length = 0;
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Waits for what must become true soon. */
export async function until(claim: () => boolean | Promise<boolean>, what: string, withinMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await claim())) {
    if (Date.now() > giveUpAt) throw new Error(`Waited ${withinMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export async function http(
  port: number,
  method: string,
  path: string,
  token: string | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<HttpReply> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson =
    response.headers.get('content-type')?.includes('json') && !response.headers.get('content-type')?.includes('ndjson');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}
