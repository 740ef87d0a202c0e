import type { Problem, QuizChoice, StageAct, StageActBody, StagePage } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import { ProblemError } from '../api/problem.js';
import type { PendingAnswer } from './answer-desk.js';
import { LiveClient } from './live-client.js';
import { ask, openStageSocket, type StageEntry, type StageSocket } from './live-socket.js';
import { loadStage, loadStagePage, postStageAct } from './stage.api.js';
import { fillRest, isWhole } from './stage-rest.js';
import {
  afterStageAnswer,
  afterStageCatchUp,
  afterStageFrame,
  afterStagePersonal,
  afterStageProgress,
  stageOfView,
  type StageState,
} from './stage-state.js';

/** One browser's part in one stage contest: view, acts, answers and presses of the buzzer. */
export class StageClient extends LiveClient<StageState, StageSocket> {
  /** The newest whole state: pages need not know that a long view comes in pieces. */
  shown: StageState | null = null;

  constructor(
    readonly entry: StageEntry,
    changed: () => void,
  ) {
    const { roomId, role } = entry;
    const clockEveryMs = role === 'audience' ? 10_000 : 3_000;
    super(openStageSocket(entry), { roomId, isScreen: role === 'screen', clockEveryMs }, changed);
    this.listen();
  }

  /** Any act but an answer, under one id until the server has said yes or no. Rejects with ProblemError. */
  async act(act: StageAct, also: Pick<StageActBody, 'console' | 'expect'> = {}): Promise<void> {
    const { roomId, role } = this.entry;
    if (role === 'screen') return;
    const body: StageActBody = { commandId: newId(), roomId, role, act, ...also };
    await this.link.insist(async () => {
      if (this.socket.connected) await ask(this.socket, 'stage:act', body);
      else await postStageAct(body);
    });
  }

  /** Movements of points from the newest one on. */
  ledger(from: number): Promise<StagePage> {
    return this.link.insist(() => this.more('ledger', from));
  }

  /** A press of the buzzer; `pressedAt` is the time stamp of the event on the page's monotonic clock. */
  async buzz(number: number, pressedAt: number): Promise<void> {
    const { roomId } = this.entry;
    const body = { commandId: newId(), roomId, buzz: number, pressedAt: Math.max(0, this.clock.at(pressedAt)) };
    await this.link.insist(() => ask(this.socket, 'room:buzz', body, 2_000));
  }

  private listen(): void {
    const { socket } = this;
    socket.on('room:event', (frame) => {
      const next = this.state && afterStageFrame(this.state, frame);
      if (next === 'gap') void this.link.enter();
      else if (next && next !== 'old') this.show(next);
    });
    socket.on('room:personal', ({ news }) => this.update((state) => afterStagePersonal(state, news)));
    socket.on('room:progress', (progress) => {
      this.update((state) => afterStageProgress(state, progress));
      if (this.state && progress.seq > this.state.seq) void this.link.enter();
    });
    socket.on('room:presence', ({ online }) => this.update((state) => ({ ...state, online })));
  }

  protected async catchUp(): Promise<void> {
    const { roomId, role } = this.entry;
    await this.seen(role === 'team' || role === 'audience' ? null : role);
    await this.fill();
    if (role === 'team') void ask(this.socket, 'room:buzz-ready', { roomId }).catch(() => undefined);
  }

  private async seen(watcher: 'host' | 'judge' | 'screen' | null): Promise<void> {
    const { roomId, role } = this.entry;
    if (!this.state && watcher) {
      const { seq, view } = await ask(this.socket, 'stage:watch', { roomId, role: watcher });
      return this.show(stageOfView(seq, view, this.state));
    }
    const seen = await ask(this.socket, 'stage:resume', { roomId, role, lastSeq: this.state?.seq ?? 0 });
    if (seen.kind === 'view') return this.show(stageOfView(seen.seq, seen.view, this.state));
    if (!this.state) return;
    this.show(afterStageCatchUp(this.state, seen));
    // A frame overtook the answer: what no frame tells is asked for once more.
    if (this.state.seq > seen.seq) void this.link.enter();
  }

  protected async poll(): Promise<number | null> {
    const seen = await loadStage(this.entry.roomId, this.entry.role, this.state?.seq);
    const isWanted = !this.socket.connected || !this.state;
    if (isWanted && seen.seq >= (this.state?.seq ?? 0)) {
      this.show(stageOfView(seen.seq, seen.view, this.state));
      await this.fill();
    }
    return seen.serverTime;
  }

  private fill(): Promise<void> {
    return fillRest({
      read: () => this.state,
      write: (state) => this.show(state),
      ask: (part, from) => this.more(part, from),
    });
  }

  private more(part: StagePage['part'], from: number): Promise<StagePage> {
    const { roomId, role } = this.entry;
    if (this.socket.connected || role === 'screen') return ask(this.socket, 'stage:more', { roomId, role, part, from });
    return loadStagePage(roomId, role, part, from);
  }

  protected override hasView(): boolean {
    return this.shown !== null;
  }

  protected override show(state: StageState): void {
    if (isWhole(state)) this.shown = state;
    super.show(state);
  }

  protected taken({ question, choice }: PendingAnswer): void {
    this.update((state) => afterStageAnswer(state, question, choice));
  }

  protected async deliver({ commandId, question, choice }: PendingAnswer): Promise<void> {
    const { roomId, role } = this.entry;
    const body = { commandId, roomId, role: role as 'team' | 'audience', act: answerAct(question, choice) };
    if (this.socket.connected) await ask(this.socket, 'stage:act', body, 4_000);
    else await postStageAct(body);
  }
}

const answerAct = (item: number, choice: QuizChoice) => ({ type: 'answer', item, choice }) as const;

/** What the server said no with; null for a success. */
export async function refusalOf(work: Promise<void>): Promise<Problem | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}
