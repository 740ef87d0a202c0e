import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { LiveJoined, LiveReply, QuizFrame, QuizHostAct, RoomReceipt } from '@xuekao/contracts';

/** One device in a live room. Remembers every frame it got. */
export class LiveSocket {
  readonly frames: QuizFrame[] = [];
  /** All that came down this socket, as text. */
  readonly seen: string[] = [];
  readonly console: string = randomUUID();

  private constructor(private readonly socket: Socket) {
    socket.onAny((...message: unknown[]) => this.seen.push(JSON.stringify(message)));
    socket.on('room:event', (frame: QuizFrame) => void this.frames.push(frame));
  }

  static async connect(url: string, auth: Readonly<Record<string, string>>): Promise<LiveSocket> {
    const socket = io(`${url}/live`, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
    const device = new LiveSocket(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return device;
  }

  async ask<T>(message: string, body: unknown): Promise<T> {
    const reply = (await this.socket.timeout(10_000).emitWithAck(message, body)) as LiveReply<T>;
    this.seen.push(JSON.stringify(reply));
    if (!reply.ok) throw new Error(`${message}: ${reply.problem.code}`);
    return reply.value;
  }

  join(code: string): Promise<LiveJoined> {
    return this.ask('room:join', { code });
  }
  watch(roomId: string): Promise<LiveJoined> {
    return this.ask('room:watch', { roomId });
  }
  answer(
    roomId: string,
    question: number,
    choice: { readonly options?: readonly number[]; readonly blanks?: readonly string[] },
    commandId: string = randomUUID(),
  ): Promise<RoomReceipt> {
    return this.ask('room:answer', { commandId, roomId, question, choice });
  }
  act(roomId: string, type: QuizHostAct['type']): Promise<RoomReceipt> {
    return this.ask('room:command', { commandId: randomUUID(), roomId, console: this.console, act: { type } });
  }

  close(): void {
    this.socket.disconnect();
  }
}
