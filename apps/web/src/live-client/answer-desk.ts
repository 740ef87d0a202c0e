import type { Problem, QuizChoice } from '@xuekao/contracts';
import type { SaveStateName } from '../shared/save-states.js';

/** One intention to answer; its id is the same however often it is sent, so that the server takes it once. */
export interface PendingAnswer {
  readonly commandId: string;
  readonly question: number;
  readonly choice: QuizChoice;
}

/** What came of one try: acknowledged, refused by the server, or nobody knows. */
export type Outcome = 'taken' | 'unreached' | Problem;

export interface AnswerPorts {
  newId(): string;
  send(answer: PendingAnswer): Promise<Outcome>;
  /** Writes to the device, so that a reload sends it again; null when nothing waits. */
  keep(answer: PendingAnswer | null): void;
  later(work: () => void, ms: number): () => void;
  taken(answer: PendingAnswer): void;
  changed(): void;
}

const firstPauseMs = 500;
const longestPauseMs = 4_000;
const passing: readonly string[] = ['request.rate-limited', 'rooms.unreachable', 'rooms.busy', 'auth.required'];
const isPassing = (problem: Problem): boolean => problem.status >= 500 || passing.includes(problem.code);

/** Holds one answer until the server has said what became of it. A newer choice replaces one that still waits. */
export class AnswerDesk {
  private pending: PendingAnswer | null;
  private shown: { question: number; state: SaveStateName; problem: Problem | null } | null = null;
  private isSending = false;
  private pauseMs = firstPauseMs;
  private cancelRetry: (() => void) | null = null;

  constructor(
    private readonly ports: AnswerPorts,
    kept: PendingAnswer | null,
  ) {
    this.pending = kept;
    if (kept) this.show(kept.question, 'kept', null);
  }

  /** What is on its way, also before the server knows it. */
  choiceOf(question: number): QuizChoice | null {
    return this.pending?.question === question ? this.pending.choice : null;
  }

  stateOf(question: number): { readonly state: SaveStateName; readonly problem: Problem | null } | null {
    return this.shown?.question === question ? this.shown : null;
  }

  submit(question: number, choice: QuizChoice): void {
    const waits = this.pending;
    if (waits?.question === question && JSON.stringify(waits.choice) === JSON.stringify(choice)) return this.flush();
    this.pending = { commandId: this.ports.newId(), question, choice };
    this.ports.keep(this.pending);
    this.show(question, 'sending', null);
    this.flush();
  }

  /** Sends what waits, at once: after a reconnect, or because a person pressed again. */
  flush(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    if (this.isSending || !this.pending) return;
    const answer = this.pending;
    this.isSending = true;
    void this.ports.send(answer).then((outcome) => {
      this.isSending = false;
      this.settle(answer, outcome);
    });
  }

  stop(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
  }

  private settle(answer: PendingAnswer, outcome: Outcome): void {
    const isCurrent = this.pending?.commandId === answer.commandId;
    if (outcome === 'taken') this.ports.taken(answer);
    // A choice that was replaced on its way: only what came of the newer one is shown.
    if (!isCurrent) return this.flush();
    if (outcome === 'unreached' || (outcome !== 'taken' && isPassing(outcome))) {
      this.show(answer.question, 'kept', null);
      this.cancelRetry = this.ports.later(() => this.flush(), this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, longestPauseMs);
      return;
    }
    this.pending = null;
    this.pauseMs = firstPauseMs;
    this.ports.keep(null);
    if (outcome === 'taken') this.show(answer.question, 'saved', null);
    else this.show(answer.question, 'refused', outcome);
  }

  private show(question: number, state: SaveStateName, problem: Problem | null): void {
    this.shown = { question, state, problem };
    this.ports.changed();
  }
}
