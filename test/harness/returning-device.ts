import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type {
  LiveJoined,
  LiveReply,
  QuizAudience,
  QuizCatchUp,
  QuizFrame,
  QuizHostAct,
  QuizView,
  RoomReceipt,
} from '@xuekao/contracts';

/** Refusals that ask for the same message again, with the same command id. */
const passing = new Set(['rooms.unreachable', 'rooms.busy', 'live.answer.too-early']);

/** A device in a live room that loses its server, comes back and resumes from the last number it saw, as the pages do. */
export class ReturningDevice {
  lastSeq = 0;
  /** How often it came back, and frames that did not follow on what it had. */
  returns = 0;
  gaps = 0;
  /** Why it could not resume; undefined while all is well. */
  private failure: string | undefined;
  private readonly console = randomUUID();
  private readonly socket: Socket;
  /** Frames that came while the answer to a resume is awaited: its look may be older or newer than they are. */
  private held: QuizFrame[] | null = null;
  private room: { readonly roomId: string; readonly role: QuizAudience } | undefined;
  private ready: Promise<void>;

  constructor(url: string, token: string) {
    this.socket = io(`${url}/live`, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    });
    this.socket.on('room:event', (frame: QuizFrame) => this.take(frame));
    this.ready = new Promise((resolve) => this.socket.once('connect', resolve));
    this.socket.on('disconnect', () => {
      this.ready = new Promise((resolve) => {
        this.socket.once('connect', () => {
          this.returns += 1;
          void this.resume().then(resolve);
        });
      });
    });
  }

  async join(code: string): Promise<LiveJoined> {
    return this.enter(await this.send<LiveJoined>('room:join', { code }));
  }

  async watch(roomId: string): Promise<LiveJoined> {
    return this.enter(await this.send<LiveJoined>('room:watch', { roomId }));
  }

  /** The whole screen as the server has it now. */
  async view(): Promise<QuizView> {
    const { roomId, role } = this.room!;
    if (role === 'host') return (await this.send<LiveJoined>('room:watch', { roomId })).view;
    const caughtUp = await this.send<QuizCatchUp>('room:resume', { roomId, role, lastSeq: 0 });
    if (caughtUp.kind !== 'view') throw new Error(`A player resuming from 0 got ${caughtUp.kind}`);
    return caughtUp.view;
  }

  act(type: QuizHostAct['type']): Promise<RoomReceipt> {
    const { roomId } = this.room!;
    return this.send('room:command', { commandId: randomUUID(), roomId, console: this.console, act: { type } });
  }

  answer(question: number, option: number, commandId: string): Promise<RoomReceipt> {
    return this.send('room:answer', { commandId, roomId: this.room!.roomId, question, choice: { options: [option] } });
  }

  close(): void {
    this.socket.disconnect();
  }

  /** Sends the same message until it is acknowledged. */
  private async send<T>(message: string, body: unknown): Promise<T> {
    const until = Date.now() + 60_000;
    for (;;) {
      await this.ready;
      if (this.failure) throw new Error(`room:resume: ${this.failure}`);
      const reply = await this.once<T>(message, body);
      if (reply?.ok) return reply.value;
      if (reply && !passing.has(reply.problem.code)) throw new Error(`${message}: ${reply.problem.code}`);
      if (Date.now() > until) throw new Error(`${message} was not acknowledged`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** Undefined where the connection was lost before the acknowledgement. */
  private async once<T>(message: string, body: unknown): Promise<LiveReply<T> | undefined> {
    try {
      return (await this.socket.timeout(5_000).emitWithAck(message, body)) as LiveReply<T>;
    } catch {
      return undefined;
    }
  }

  private enter(joined: LiveJoined): LiveJoined {
    this.room = { roomId: joined.roomId, role: joined.role };
    this.lastSeq = joined.seq;
    return joined;
  }

  private async resume(): Promise<void> {
    if (!this.room) return;
    this.held = [];
    const reply = await this.once<QuizCatchUp>('room:resume', { ...this.room, lastSeq: this.lastSeq });
    const { held } = this;
    this.held = null;
    if (!reply) return;
    if (!reply.ok) {
      if (passing.has(reply.problem.code)) return this.resume();
      this.failure = reply.problem.code;
      return;
    }
    if (reply.value.kind === 'frames') for (const frame of reply.value.frames) this.take(frame);
    this.lastSeq = reply.value.seq;
    for (const frame of held) this.take(frame);
  }

  private take(frame: QuizFrame): void {
    if (this.held) return void this.held.push(frame);
    const { seq, after } = frame;
    if (seq <= this.lastSeq) return;
    if (after > this.lastSeq) this.gaps += 1;
    this.lastSeq = seq;
  }
}
