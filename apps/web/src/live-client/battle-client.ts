import type { GameAct } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import type { PendingAnswer } from './answer-desk.js';
import { loadGame, postGameAct, postGameAnswer } from './battle.api.js';
import {
  afterGameAnswer,
  afterGameFrame,
  afterGameView,
  afterHeldFrames,
  type GameFrame,
  type GameState,
  newsDueAt,
} from './battle-state.js';
import { LiveClient } from './live-client.js';
import { ask, type BattleSocket, openBattleSocket } from './live-socket.js';

/** News that is so late never came: the whole view is asked for. */
const overdueMs = 1_500;
const betweenLooksMs = 3_000;

/** One browser's part in one battle or run: view, answers and acts. */
export class GameClient extends LiveClient<GameState, BattleSocket> {
  /** Frames that come while a view is awaited; null while none is. */
  private held: GameFrame[] | null = null;
  private lookedAt = 0;

  constructor(
    readonly roomId: string,
    changed: () => void,
  ) {
    super(openBattleSocket(roomId), { roomId, isScreen: false, clockEveryMs: 10_000 }, changed);
    this.socket.on('room:event', (frame) => this.hear(frame));
  }

  submit(question: number, options: readonly number[]): void {
    this.answers.submit(question, { options });
  }

  /** Sent under one id until the server has said yes or no. Rejects with ProblemError. */
  async act(act: GameAct): Promise<void> {
    const body = { commandId: newId(), roomId: this.roomId, act };
    await this.link.insist(async () => {
      if (this.socket.connected) await ask(this.socket, 'battle:act', body);
      else await postGameAct(body);
    });
    if (!this.socket.connected) await this.pollNow();
  }

  /** Asks for the view when what had to come by now has not. */
  lookIfOverdue(): void {
    const dueAt = this.state && newsDueAt(this.state.view);
    if (dueAt === null || this.connection !== 'live' || this.clock.now() < dueAt + overdueMs) return;
    if (performance.now() < this.lookedAt + betweenLooksMs) return;
    this.lookedAt = performance.now();
    void this.link.enter();
  }

  private hear(frame: GameFrame): void {
    if (this.held) return void this.held.push(frame);
    const next = this.state && afterGameFrame(this.state, frame);
    if (!next || next === 'old') return;
    if (next === 'gap' || this.isAnsweredElsewhere(frame)) void this.link.enter();
    if (next !== 'gap') this.show(next);
  }

  /** Another device of the same member gave the answer; a frame does not say which. */
  private isAnsweredElsewhere({ events }: GameFrame): boolean {
    const me = this.state?.view.me;
    return events.some(
      (news) =>
        news.type === 'battle-answered' &&
        news.seat === me?.seat &&
        me.choice === null &&
        this.answers.choiceOf(news.question) === null,
    );
  }

  protected async catchUp(): Promise<void> {
    for (let isWhole = false; !isWhole;) {
      this.held = [];
      try {
        const { roomId } = this;
        const seen = await ask(this.socket, 'battle:resume', { roomId, lastSeq: this.state?.seq ?? 0 });
        const frames = seen.kind === 'frames' ? [...seen.frames, ...this.held] : this.held;
        const known = seen.kind === 'view' ? afterGameView(this.state, seen.seq, seen.view) : this.state;
        if (!known) return;
        const caught = afterHeldFrames(known, frames);
        isWhole = caught.isWhole;
        this.show(caught.state);
      } finally {
        this.held = null;
      }
    }
  }

  protected async poll(): Promise<number | null> {
    const { seq, view, serverTime } = await loadGame(this.roomId, this.state?.seq);
    if (!this.socket.connected || !this.state) this.show(afterGameView(this.state, seq, view));
    return serverTime;
  }

  /** What an own step over HTTP changed shows at once; a failure shows at the next regular look. */
  private pollNow(): Promise<unknown> {
    return this.poll().catch(() => null);
  }

  protected taken({ question, choice }: PendingAnswer): void {
    if ('options' in choice) this.update((state) => afterGameAnswer(state, question, choice.options));
  }

  protected async deliver(answer: PendingAnswer): Promise<void> {
    const { roomId } = this;
    const { commandId, question, choice } = answer;
    if (!this.socket.connected) {
      await postGameAnswer(roomId, answer);
      return void this.pollNow();
    }
    const options = 'options' in choice ? choice.options : [];
    await ask(this.socket, 'battle:answer', { commandId, roomId, question, options }, 4_000);
  }
}
