import type { LiveCommandBody, Problem, QuizChoice, QuizHostAct, QuizPhase } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import { offlineProblem, problemFrom, ProblemError } from '../api/problem.js';
import { noteServerReached } from '../app/connection.js';
import { refreshAccess } from '../auth/access.js';
import { AnswerDesk, type Outcome, type PendingAnswer } from './answer-desk.js';
import { clockOf, type RoomClock } from './room-clock.js';
import { keepAnswer, keptAnswer } from './kept-answer.js';
import { loadRoom, postAnswer, type SeenRoom } from './live.api.js';
import { ask, type LiveSocket, openSocket, type RoomEntry, SocketRefusal, Unreached } from './live-socket.js';
import { afterAnswer, afterFrame, afterPersonal, afterProgress, type RoomState, stateOfView } from './room-state.js';

/** `polling`: over HTTP, because no socket gets through. `lost`: nothing gets through at the moment. `refused`: never will. */
export type Connection = 'connecting' | 'live' | 'polling' | 'lost' | 'refused';

const fallBackAfterMs = 2_500;
const pollEveryMs = 2_000;

/** One browser's part in one room: connection, clock, view and answers. Tells `changed` whenever something else is to be shown. */
export class RoomClient {
  state: RoomState | null = null;
  connection: Connection = 'connecting';
  /** Why the room cannot be entered. */
  problem: Problem | null = null;
  readonly clock: RoomClock;
  readonly answers: AnswerDesk;
  private readonly socket: LiveSocket;
  private isEntering = false;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;

  constructor(
    readonly entry: RoomEntry,
    private readonly changed: () => void,
  ) {
    const { roomId } = entry;
    this.socket = openSocket(entry);
    this.clock = clockOf(this.socket, entry.role === 'player' ? 10_000 : 3_000, () => this.drop(), changed);
    this.answers = new AnswerDesk(
      {
        newId,
        send: (answer) => this.sendAnswer(answer),
        keep: (answer) => keepAnswer(roomId, answer),
        later: (work, ms) => {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
        taken: ({ question, choice }) => this.update((state) => afterAnswer(state, question, choice)),
        changed,
      },
      keptAnswer(roomId),
    );
    this.listen();
    this.pollSoon(fallBackAfterMs);
  }

  /** The whole view again: for a list that frames do not tell. */
  async refresh(): Promise<void> {
    if (!this.socket.connected || this.entry.role === 'player') return;
    const { seq, view } = await ask(this.socket, 'room:watch', { roomId: this.entry.roomId });
    this.update((state) => (seq >= state.seq ? stateOfView(seq, view, state) : state));
  }

  submit(question: number, choice: QuizChoice): void {
    this.answers.submit(question, choice);
  }

  /** The host's act, tried again under the same id until the server has said yes or no. */
  async act(console: string, act: QuizHostAct, expect?: { phase: QuizPhase; question: number }): Promise<void> {
    const body: LiveCommandBody = {
      commandId: newId(),
      roomId: this.entry.roomId,
      console,
      act,
      ...(expect && { expect }),
    };
    for (let tries = 0; ; tries++) {
      try {
        await ask(this.socket, 'room:command', body);
        return;
      } catch (error) {
        if (error instanceof SocketRefusal) throw new ProblemError(error.problem);
        if (!(error instanceof Unreached) || this.isClosed) throw error;
        if (tries >= 20) throw new ProblemError(offlineProblem);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.pollTimer);
    this.clock.stop();
    this.answers.stop();
    this.socket.disconnect();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('connect', () => void this.enter());
    socket.on('disconnect', () => this.lost());
    socket.on('connect_error', (error) => void this.refusedAtTheDoor(error));
    socket.on('room:event', (frame) => {
      const next = this.state && afterFrame(this.state, frame);
      if (next === 'gap') void this.enter();
      else if (next && next !== 'old') this.show(next);
    });
    socket.on('room:personal', ({ news }) => this.update((state) => afterPersonal(state, news)));
    socket.on('room:progress', (progress) => {
      this.update((state) => afterProgress(state, progress));
      if (this.state && progress.seq > this.state.seq) void this.enter();
    });
    socket.on('room:presence', ({ online }) => this.update((state) => ({ ...state, online })));
  }

  /** Takes the place in the room again and catches up with it. */
  private async enter(): Promise<void> {
    if (this.isEntering) return;
    this.isEntering = true;
    try {
      await this.catchUp();
      clearTimeout(this.pollTimer);
      this.connection = 'live';
      noteServerReached(true);
      this.problem = null;
      this.changed();
      void this.clock.start();
      this.answers.flush();
    } catch (error) {
      if (error instanceof SocketRefusal) this.refused(error.problem);
      else if (this.socket.connected) setTimeout(() => void this.enter(), 500);
    } finally {
      this.isEntering = false;
    }
  }

  private async catchUp(): Promise<void> {
    const { roomId, role } = this.entry;
    if (!this.state && role !== 'player') {
      const { seq, view } = await ask(this.socket, 'room:watch', { roomId });
      return this.show(stateOfView(seq, view, this.state));
    }
    const seen = await ask(this.socket, 'room:resume', { roomId, role, lastSeq: this.state?.seq ?? 0 });
    if (seen.kind === 'view') return this.show(stateOfView(seen.seq, seen.view, this.state));
    if (!this.state || seen.kind === 'current') return;
    for (const frame of seen.frames) {
      const next = afterFrame(this.state, frame);
      if (typeof next !== 'string') this.state = next;
    }
    this.show({ ...this.state, seq: Math.max(this.state.seq, seen.seq) });
  }

  private update(change: (state: RoomState) => RoomState): void {
    if (this.state) this.show(change(this.state));
  }

  private show(state: RoomState): void {
    this.state = state;
    this.changed();
  }

  /** The link is dead though nobody closed it: hall Wi-Fi does that. */
  private drop(): void {
    this.socket.io.engine?.close();
  }

  private lost(): void {
    this.clock.stop();
    if (this.isClosed || this.connection === 'refused') return;
    this.connection = 'lost';
    this.changed();
    this.pollSoon(fallBackAfterMs);
    // The server may have closed the socket on purpose, as it does before a restart; socket.io then waits for us.
    if (!this.socket.active) setTimeout(() => this.isClosed || this.socket.connect(), 1_000);
  }

  private async refusedAtTheDoor(error: Error): Promise<void> {
    const problem = (error as Error & { data?: Problem }).data;
    if (!problem) {
      if (this.connection === 'live') this.lost();
      return;
    }
    const isPassing = problem.status >= 500 || problem.code === 'auth.required' || problem.status === 429;
    const goesOn = isPassing && (this.entry.role === 'screen' || problem.status !== 401 || (await refreshAccess()));
    if (!goesOn) return this.refused(problem);
    setTimeout(() => this.isClosed || this.socket.connect(), 1_000);
  }

  private refused(problem: Problem): void {
    if (problem.status >= 500 || problem.status === 429) {
      setTimeout(() => this.isClosed || void this.enter(), 1_000);
      return;
    }
    this.connection = 'refused';
    this.problem = problem;
    clearTimeout(this.pollTimer);
    this.changed();
  }

  private pollSoon(inMs: number): void {
    clearTimeout(this.pollTimer);
    if (this.entry.role !== 'screen') this.pollTimer = setTimeout(() => void this.poll(), inMs);
  }

  private async poll(): Promise<void> {
    if (this.isClosed || this.connection === 'live' || this.connection === 'refused') return;
    const sentAt = performance.now();
    try {
      const seen = await loadRoom(this.entry.roomId, this.entry.role, this.state?.seq);
      this.clock.note(seen.serverTime, sentAt, performance.now());
      this.polled(seen);
    } catch (error) {
      const problem = problemFrom(error);
      if (problem.status === 304) this.polled(null);
      else if (problem.status === 403 || problem.status === 404) return this.refused(problem);
      else this.pollFailed();
    }
    if (!this.isClosed && !this.socket.connected) this.pollSoon(pollEveryMs);
  }

  private polled(seen: SeenRoom | null): void {
    if (this.socket.connected && this.state) return;
    if (seen && seen.seq >= (this.state?.seq ?? 0)) this.state = stateOfView(seen.seq, seen.view, this.state);
    const isBack = this.connection !== 'polling';
    this.connection = 'polling';
    this.changed();
    if (isBack) this.answers.flush();
  }

  private pollFailed(): void {
    if (this.socket.connected) return;
    this.connection = this.state ? 'lost' : 'connecting';
    this.changed();
  }

  private async sendAnswer(answer: PendingAnswer): Promise<Outcome> {
    try {
      if (this.socket.connected) await ask(this.socket, 'room:answer', { ...answer, roomId: this.entry.roomId }, 4_000);
      else await postAnswer(this.entry.roomId, answer);
      return 'taken';
    } catch (error) {
      if (error instanceof SocketRefusal) return error.problem;
      if (error instanceof ProblemError && error.code !== 'client.offline') return error.problem;
      return 'unreached';
    }
  }
}
