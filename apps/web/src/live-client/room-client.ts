import type { LiveCommandBody, Problem, QuizChoice, QuizHostAct, QuizPhase, QuizView } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import { ProblemError } from '../api/problem.js';
import { AnswerDesk, type Outcome, type PendingAnswer } from './answer-desk.js';
import { keepAnswer, keptAnswer } from './kept-answer.js';
import { loadRoom, postAnswer } from './live.api.js';
import { ask, type LiveSocket, openSocket, type RoomEntry, SocketRefusal } from './live-socket.js';
import { type Connection, RoomLink } from './room-link.js';
import type { RoomClock } from './room-clock.js';
import {
  afterAnswer,
  afterCatchUp,
  afterFrame,
  afterPersonal,
  afterProgress,
  type RoomState,
  stateOfView,
} from './room-state.js';

/** One browser's part in one hall quiz: view and answers. Tells `changed` whenever something else is to be shown. */
export class RoomClient {
  state: RoomState | null = null;
  readonly answers: AnswerDesk;
  private readonly socket: LiveSocket;
  private readonly link: RoomLink;
  private wantsView = false;

  constructor(
    readonly entry: RoomEntry,
    private readonly changed: () => void,
  ) {
    const { roomId, role } = entry;
    this.socket = openSocket(entry);
    this.listen();
    this.answers = new AnswerDesk(
      {
        newId,
        send: (answer) => this.sendAnswer(answer),
        keep: (answer) => keepAnswer(roomId, answer),
        later: laterOnPage,
        taken: ({ question, choice }) => this.update((state) => afterAnswer(state, question, choice)),
        changed,
      },
      keptAnswer(roomId),
    );
    const options = { isScreen: role === 'screen', clockEveryMs: role === 'player' ? 10_000 : 3_000 };
    this.link = new RoomLink(this.socket, options, {
      catchUp: () => this.catchUp(),
      ...(role === 'screen' ? {} : { poll: () => this.poll(role) }),
      hasView: () => this.state !== null,
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

  submit(question: number, choice: QuizChoice): void {
    this.answers.submit(question, choice);
  }

  /** The host's act, tried again under the same id until the server has said yes or no. */
  async act(console: string, act: QuizHostAct, expect?: { phase: QuizPhase; question: number }): Promise<void> {
    const { roomId } = this.entry;
    const body: LiveCommandBody = { commandId: newId(), roomId, console, act, ...(expect && { expect }) };
    await this.link.insist(() => ask(this.socket, 'room:command', body));
  }

  close(): void {
    this.answers.stop();
    this.link.close();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('room:event', (frame) => {
      const next = this.state && afterFrame(this.state, frame);
      if (next === 'gap') void this.link.enter();
      else if (next === 'unknown') this.lookAnew();
      else if (next && next !== 'old') this.show(next);
    });
    socket.on('room:personal', ({ news }) => {
      const next = this.state && afterPersonal(this.state, news);
      if (next === 'unknown') this.lookAnew();
      else if (next) this.show(next);
    });
    socket.on('room:progress', (progress) => {
      this.update((state) => afterProgress(state, progress));
      if (this.state && progress.seq > this.state.seq) void this.link.enter();
    });
    socket.on('room:presence', ({ online }) => this.update((state) => ({ ...state, online })));
  }

  private async catchUp(): Promise<void> {
    const { roomId, role } = this.entry;
    const wantsView = !this.state || this.wantsView;
    if (wantsView && role !== 'player') return this.watch();
    const seen = await ask(this.socket, 'room:resume', { roomId, role, lastSeq: wantsView ? 0 : this.state!.seq });
    if (seen.kind === 'view') return this.look(seen.seq, seen.view);
    const next = this.state && afterCatchUp(this.state, seen);
    if (next === 'unknown') return this.lookAnew();
    if (!next) return;
    this.show(next);
    // A frame overtook the answer: what no frame tells is asked for once more.
    if (next.seq > seen.seq) void this.link.enter();
  }

  private async watch(): Promise<void> {
    const { seq, view } = await ask(this.socket, 'room:watch', { roomId: this.entry.roomId });
    this.look(seq, view);
  }

  private look(seq: number, view: QuizView): void {
    this.wantsView = false;
    this.show(stateOfView(seq, view, this.state));
  }

  /** For news of a newer server: frames do not help, a view does. */
  private lookAnew(): void {
    this.wantsView = true;
    void this.link.enter();
  }

  private async poll(role: 'player' | 'host'): Promise<number | null> {
    const seen = await loadRoom(this.entry.roomId, role, this.state?.seq);
    const isWanted = !this.socket.connected || !this.state;
    if (isWanted && seen.seq >= (this.state?.seq ?? 0)) this.state = stateOfView(seen.seq, seen.view, this.state);
    return seen.serverTime;
  }

  private update(change: (state: RoomState) => RoomState): void {
    if (this.state) this.show(change(this.state));
  }

  private show(state: RoomState): void {
    this.state = state;
    this.changed();
  }

  private sendAnswer(answer: PendingAnswer): Promise<Outcome> {
    const { roomId } = this.entry;
    return outcomeOf(async () => {
      if (this.socket.connected) await ask(this.socket, 'room:answer', { ...answer, roomId }, 4_000);
      else await postAnswer(roomId, answer);
    });
  }
}

export function laterOnPage(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** What came of one sending of an answer. */
export async function outcomeOf(send: () => Promise<void>): Promise<Outcome> {
  try {
    await send();
    return 'taken';
  } catch (error) {
    if (error instanceof SocketRefusal) return error.problem;
    if (error instanceof ProblemError && error.code !== 'client.offline') return error.problem;
    return 'unreached';
  }
}
