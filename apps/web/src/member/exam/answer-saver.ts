import type { AnswerContent } from '@xuekao/contracts';
import type { AnswerSave, SavedAnswer, SaveReceipt } from '../../api/exam.js';
import type { SaveStateName } from '../../shared/save-states.js';

/** One answer on this device. `clientSeq` rises with each change within an attempt; the server keeps the highest. */
export interface LocalAnswer {
  readonly number: number;
  readonly clientSeq: number;
  readonly content: AnswerContent;
  readonly state: SaveStateName;
}

export interface KeptLocally {
  readonly number: number;
  readonly clientSeq: number;
  readonly content: AnswerContent;
  readonly isSaved: 0 | 1;
}

export interface SaverPorts {
  /** Writes to the device; never throws for a full or forbidden store. */
  keep(answer: KeptLocally): Promise<void>;
  save(number: number, save: AnswerSave): Promise<SaveReceipt>;
  saveAll(answers: readonly (AnswerSave & { number: number })[]): Promise<readonly SaveReceipt[]>;
  /** `retry` where no server answered, `refuse` where this answer is not taken, `stop` where the attempt takes none any more. */
  verdict(error: unknown): 'retry' | 'refuse' | 'stop';
  later(work: () => void, ms: number): () => void;
  changed(): void;
}

/**
 * Answers of the server and of the device as one: of the same question the higher `clientSeq`, the server's on a tie. What
 * the device has nothing more to send of is the server's to tell.
 */
export function mergeAnswers(
  fromServer: readonly SavedAnswer[],
  kept: readonly KeptLocally[],
): Map<number, LocalAnswer> {
  const merged = new Map<number, LocalAnswer>();
  for (const { number, clientSeq, content } of fromServer)
    merged.set(number, { number, clientSeq, content, state: 'saved' });
  for (const { number, clientSeq, content, isSaved } of kept) {
    if (isSaved === 0 && clientSeq > (merged.get(number)?.clientSeq ?? -1))
      merged.set(number, { number, clientSeq, content, state: 'kept' });
  }
  return merged;
}

const firstPauseMs = 500;
const longestPauseMs = 5000;

/**
 * Sends every change of an answer until the server has acknowledged it. The device gets it first; one request per question
 * is in flight, and a change meanwhile is sent after it; what failed goes in one batch after a growing pause of at most 5 s.
 */
export class AnswerSaver {
  readonly answers: Map<number, LocalAnswer>;
  private readonly inFlight = new Set<number>();
  private seq: number;
  private pauseMs = firstPauseMs;
  private cancelRetry: (() => void) | undefined;
  private batch: Promise<void> | undefined;
  private readonly pauses = new Map<number, () => void>();
  private stoppedBy: unknown;

  constructor(
    private readonly ports: SaverPorts,
    fromServer: readonly SavedAnswer[],
    kept: readonly KeptLocally[],
  ) {
    this.answers = mergeAnswers(fromServer, kept);
    this.seq = Math.max(0, ...[...fromServer, ...kept].map(({ clientSeq }) => clientSeq));
  }

  /** Why the server takes no more answers of this attempt, undefined while it does. */
  get stopped(): unknown {
    return this.stoppedBy;
  }

  unsaved(): LocalAnswer[] {
    return [...this.answers.values()].filter(({ state }) => state !== 'saved');
  }

  /** `pauseMs` waits for the end of the typing: the last change within it is sent, the device keeps each at once. */
  put(number: number, content: AnswerContent, pauseMs = 0): void {
    if (this.stoppedBy !== undefined) return;
    this.seq += 1;
    this.set({ number, clientSeq: this.seq, content, state: 'sending' });
    void this.ports.keep({ number, clientSeq: this.seq, content, isSaved: 0 });
    this.endPause(number);
    if (pauseMs === 0) return void this.send(number);
    const cancel = this.ports.later(() => {
      this.pauses.delete(number);
      void this.send(number);
    }, pauseMs);
    this.pauses.set(number, cancel);
  }

  /** The server takes no more from here, as another message of it says: what is not acknowledged shows as not accepted. */
  stop(reason: unknown): void {
    if (this.stoppedBy !== undefined) return;
    this.stoppedBy = reason;
    this.dispose();
    for (const answer of this.unsaved()) this.refuse(answer);
    this.ports.changed();
  }

  /** Sends at once what is only on this device; call it when the network is back or before handing in. */
  async flush(): Promise<void> {
    this.dispose();
    await this.batch;
    this.batch = this.sendBatch().finally(() => (this.batch = undefined));
    await this.batch;
  }

  dispose(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    for (const number of this.pauses.keys()) this.endPause(number);
  }

  private endPause(number: number): void {
    this.pauses.get(number)?.();
    this.pauses.delete(number);
  }

  /** It must not be sent behind the person's back when the paper opens here again. */
  private refuse({ number, clientSeq, content }: LocalAnswer): void {
    this.set({ number, clientSeq, content, state: 'refused' });
    void this.ports.keep({ number, clientSeq, content, isSaved: 1 });
  }

  private set(answer: LocalAnswer): void {
    this.answers.set(answer.number, answer);
    this.ports.changed();
  }

  private mark(number: number, clientSeq: number, state: SaveStateName): void {
    const current = this.answers.get(number);
    if (!current || current.clientSeq !== clientSeq) return;
    this.set({ ...current, state });
    if (state === 'saved') void this.ports.keep({ number, clientSeq, content: current.content, isSaved: 1 });
  }

  private async send(number: number): Promise<void> {
    if (this.inFlight.has(number)) return;
    const sent = this.answers.get(number);
    if (!sent || sent.state === 'saved') return;
    this.inFlight.add(number);
    try {
      await this.ports.save(number, { clientSeq: sent.clientSeq, content: sent.content });
      this.pauseMs = firstPauseMs;
      this.mark(number, sent.clientSeq, 'saved');
    } catch (error) {
      this.failed(error, [sent]);
    } finally {
      this.inFlight.delete(number);
    }
    const isWaiting = this.answers.get(number)?.state === 'sending' && !this.pauses.has(number);
    if (this.stoppedBy === undefined && isWaiting) void this.send(number);
  }

  private async sendBatch(): Promise<void> {
    const waiting = this.unsaved().filter(({ number, state }) => state !== 'refused' && !this.inFlight.has(number));
    if (waiting.length === 0 || this.stoppedBy !== undefined) return;
    for (const { number } of waiting) this.inFlight.add(number);
    for (const answer of waiting) this.mark(answer.number, answer.clientSeq, 'sending');
    try {
      await this.ports.saveAll(waiting.map(({ number, clientSeq, content }) => ({ number, clientSeq, content })));
      this.pauseMs = firstPauseMs;
      for (const { number, clientSeq } of waiting) this.mark(number, clientSeq, 'saved');
    } catch (error) {
      // One bad answer refuses its whole batch: then each goes alone.
      if (this.ports.verdict(error) !== 'refuse') this.failed(error, waiting);
    } finally {
      for (const { number } of waiting) this.inFlight.delete(number);
    }
    for (const { number } of waiting) if (this.answers.get(number)?.state === 'sending') void this.send(number);
  }

  private failed(error: unknown, sent: readonly LocalAnswer[]): void {
    const verdict = this.ports.verdict(error);
    if (verdict === 'stop') this.stoppedBy = error;
    for (const { number, clientSeq } of sent) {
      const current = this.answers.get(number);
      if (!current || current.state === 'saved') continue;
      const isOlder = verdict === 'refuse' && current.clientSeq !== clientSeq;
      if (verdict === 'stop') this.refuse(current);
      else if (!isOlder) this.set({ ...current, state: verdict === 'retry' ? 'kept' : 'refused' });
    }
    if (verdict !== 'retry' || this.cancelRetry) return;
    this.cancelRetry = this.ports.later(() => {
      this.cancelRetry = undefined;
      void this.flush();
    }, this.pauseMs);
    this.pauseMs = Math.min(longestPauseMs, this.pauseMs * 2);
  }
}
