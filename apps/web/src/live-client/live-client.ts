import type { Problem } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import type { Socket } from 'socket.io-client';
import { ProblemError } from '../api/problem.js';
import { AnswerDesk, type Outcome, type PendingAnswer } from './answer-desk.js';
import { keepAnswer, keptAnswer } from './kept-answer.js';
import { SocketRefusal } from './live-socket.js';
import type { RoomClock } from './room-clock.js';
import { type Connection, RoomLink } from './room-link.js';

interface Line {
  readonly roomId: string;
  readonly isScreen: boolean;
  readonly clockEveryMs: number;
}

/**
 * One browser's part in one live room of any kind: what it knows, its answers and its line. Tells `changed` whenever
 * something else is to be shown.
 */
export abstract class LiveClient<State, Talk extends Socket> {
  state: State | null = null;
  readonly answers: AnswerDesk;
  protected readonly link: RoomLink;

  constructor(
    protected readonly socket: Talk,
    { roomId, ...options }: Line,
    private readonly changed: () => void,
  ) {
    this.answers = new AnswerDesk(
      {
        newId,
        send: (answer) => outcomeOf(() => this.deliver(answer)),
        keep: (answer) => keepAnswer(roomId, answer),
        later: laterOnPage,
        taken: (answer) => this.taken(answer),
        changed,
      },
      keptAnswer(roomId),
    );
    this.link = new RoomLink(socket, options, {
      catchUp: () => this.catchUp(),
      ...(options.isScreen ? {} : { poll: () => this.poll() }),
      hasView: () => this.hasView(),
      connected: () => this.answers.flush(),
      changed,
    });
  }

  get connection(): Connection {
    return this.link.connection;
  }

  get problem(): Problem | null {
    return this.link.problem;
  }

  get clock(): RoomClock {
    return this.link.clock;
  }

  close(): void {
    this.answers.stop();
    this.link.close();
  }

  /** Takes the place in the room over the socket and brings the state up to date. */
  protected abstract catchUp(): Promise<void>;
  /** The same over HTTP: the server's time, or null where nothing has changed. Never asked of a screen. */
  protected abstract poll(): Promise<number | null>;
  /** Resolves once the server has taken the answer. */
  protected abstract deliver(answer: PendingAnswer): Promise<void>;
  /** An answer that the server took stands in the state also before the next view. */
  protected abstract taken(answer: PendingAnswer): void;

  protected hasView(): boolean {
    return this.state !== null;
  }

  protected update(change: (state: State) => State): void {
    if (this.state) this.show(change(this.state));
  }

  protected show(state: State): void {
    this.state = state;
    this.changed();
  }
}

function laterOnPage(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** What came of one sending of an answer. */
async function outcomeOf(send: () => Promise<void>): Promise<Outcome> {
  try {
    await send();
    return 'taken';
  } catch (error) {
    if (error instanceof SocketRefusal) return error.problem;
    if (error instanceof ProblemError && error.code !== 'client.offline') return error.problem;
    return 'unreached';
  }
}
