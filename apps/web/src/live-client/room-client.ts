import type { LiveCommandBody, QuizChoice, QuizHostAct, QuizPhase, QuizView } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import type { PendingAnswer } from './answer-desk.js';
import { LiveClient } from './live-client.js';
import { loadRoom, postAnswer } from './live.api.js';
import { ask, type LiveSocket, openSocket, type RoomEntry } from './live-socket.js';
import {
  afterAnswer,
  afterCatchUp,
  afterFrame,
  afterPersonal,
  afterProgress,
  type RoomState,
  stateOfView,
} from './room-state.js';

/** One browser's part in one hall quiz: view and answers. */
export class RoomClient extends LiveClient<RoomState, LiveSocket> {
  private wantsView = false;

  constructor(
    readonly entry: RoomEntry,
    changed: () => void,
  ) {
    const { roomId, role } = entry;
    const clockEveryMs = role === 'player' ? 10_000 : 3_000;
    super(openSocket(entry), { roomId, isScreen: role === 'screen', clockEveryMs }, changed);
    this.listen();
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

  protected async catchUp(): Promise<void> {
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

  protected async poll(): Promise<number | null> {
    const { roomId, role } = this.entry;
    if (role === 'screen') return null;
    const seen = await loadRoom(roomId, role, this.state?.seq);
    const isWanted = !this.socket.connected || !this.state;
    if (isWanted && seen.seq >= (this.state?.seq ?? 0)) this.state = stateOfView(seen.seq, seen.view, this.state);
    return seen.serverTime;
  }

  protected taken({ question, choice }: PendingAnswer): void {
    this.update((state) => afterAnswer(state, question, choice));
  }

  protected async deliver(answer: PendingAnswer): Promise<void> {
    const { roomId } = this.entry;
    if (this.socket.connected) await ask(this.socket, 'room:answer', { ...answer, roomId }, 4_000);
    else await postAnswer(roomId, answer);
  }
}
