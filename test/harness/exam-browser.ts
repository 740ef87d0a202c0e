import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';

interface Change {
  readonly number: number;
  readonly clientSeq: number;
  readonly content: AnswerContent;
}

interface SeenAttempt {
  readonly id: string;
  readonly state: string;
  readonly questions: readonly { readonly number: number; readonly body: QuestionBody }[];
  readonly answers: readonly Change[];
}

/** What a browser keeps on its disk, and a kill leaves: its token, its counter and what was not acknowledged. */
interface Disk {
  readonly writer: string;
  attemptId: string;
  seq: number;
  readonly outbox: Map<number, Change>;
}

/** The server said no: nothing a browser could try again. */
export class Refused extends Error {}

const patienceMs = 120_000;

/**
 * One person before a browser that can be killed at any moment: what is only in memory is gone, and a new one goes on from the
 * disk, as the page does from IndexedDB.
 */
export class ExamBrowser {
  /** The newest change of each question that the server has acknowledged; kept by the test, not by the browser. */
  readonly acknowledged = new Map<number, Change>();
  readonly sent = new Map<string, string>();
  kills = 0;
  private readonly disk: Disk = { writer: randomUUID(), attemptId: '', seq: 0, outbox: new Map() };
  private life = new AbortController();
  private questions: SeenAttempt['questions'] = [];

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly rng: Rng,
    private readonly onKept: () => void,
  ) {}

  /** In the middle of whatever it does. */
  kill(): void {
    this.kills += 1;
    this.life.abort();
    this.life = new AbortController();
    this.questions = [];
  }

  async start(examId: string): Promise<void> {
    const { writer } = this.disk;
    const { id } = await this.persist(() => this.send<{ id: string }>('POST', `/exams/${examId}/attempts`, { writer }));
    this.disk.attemptId = id;
  }

  /** Answers every question once and some of them again, whatever happens to server and browser meanwhile. */
  async work(answers: number): Promise<void> {
    for (let done = 0; done < answers; done++) {
      await this.persist(async () => {
        await this.load();
        if (this.disk.outbox.size > 3) await this.empty();
      });
      const { number, body } = this.questions[(done + this.rng.int(3)) % this.questions.length]!;
      const change = { number, clientSeq: ++this.disk.seq, content: contentOf(body, this.rng) };
      this.disk.outbox.set(number, change);
      this.sent.set(`${number}/${change.clientSeq}`, JSON.stringify(change.content));
      await this.sendOne(change).catch(passing);
    }
    await this.persist(() => this.empty());
  }

  async handIn(): Promise<void> {
    await this.persist(async () => {
      const answers = [...this.disk.outbox.values()];
      await this.send('POST', `${this.attempt}/hand-in`, { writer: this.disk.writer, answers });
    });
  }

  seen(): Promise<SeenAttempt> {
    return this.persist(() => this.send<SeenAttempt>('GET', this.attempt));
  }

  /** What the server keeps and contradicts what it has acknowledged; empty when nothing does. */
  async faults(): Promise<string[]> {
    const due = [...this.acknowledged.values()];
    const { answers } = await this.seen();
    const kept = new Map(answers.map((answer) => [answer.number, answer]));
    const faults = kept.size === answers.length ? [] : ['doubled answers'];
    for (const { number, clientSeq, content } of answers) {
      if (this.sent.get(`${number}/${clientSeq}`) !== JSON.stringify(content)) faults.push(`${number} was never so`);
    }
    for (const { number, clientSeq } of due) {
      const there = kept.get(number)?.clientSeq ?? -1;
      if (there < clientSeq) faults.push(`${number}/${clientSeq} was acknowledged, ${there} is there`);
    }
    return faults;
  }

  private get attempt(): string {
    return `/attempts/${this.disk.attemptId}`;
  }

  /** After a kill: the paper anew, and nothing else but the disk. */
  private async load(): Promise<void> {
    if (this.questions.length > 0) return;
    this.questions = (await this.send<SeenAttempt>('GET', this.attempt)).questions;
    await this.empty();
  }

  private async sendOne({ number, ...rest }: Change): Promise<void> {
    const body = { writer: this.disk.writer, ...rest };
    const receipt = await this.send<{ number: number; clientSeq: number }>(
      'PUT',
      `${this.attempt}/answers/${number}`,
      body,
    );
    this.take([receipt]);
  }

  private async empty(): Promise<void> {
    if (this.disk.outbox.size === 0) return;
    const body = { writer: this.disk.writer, answers: [...this.disk.outbox.values()] };
    const { items } = await this.send<{ items: { number: number; clientSeq: number }[] }>(
      'POST',
      `${this.attempt}/answers`,
      body,
    );
    this.take(items);
  }

  private take(receipts: readonly { readonly number: number; readonly clientSeq: number }[]): void {
    for (const { number, clientSeq } of receipts) {
      const waiting = this.disk.outbox.get(number);
      if (waiting && waiting.clientSeq <= clientSeq) {
        this.disk.outbox.delete(number);
        if ((this.acknowledged.get(number)?.clientSeq ?? -1) < waiting.clientSeq) {
          this.acknowledged.set(number, waiting);
        }
      }
    }
    this.onKept();
  }

  /** Again and again while the server or the browser is not there. */
  private async persist<T>(work: () => Promise<T>): Promise<T> {
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Refused || Date.now() > until) throw error;
        await pause(20 + this.rng.int(60));
      }
    }
  }

  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      signal: this.life.signal,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400 && response.status < 500) throw new Refused(`${method} ${path}: ${text}`);
    if (!response.ok) throw new Error(`${response.status}`);
    return JSON.parse(text) as T;
  }
}

function passing(error: unknown): void {
  if (error instanceof Refused) throw error;
}

function contentOf(body: QuestionBody, rng: Rng): AnswerContent {
  if (!('options' in body)) throw new Error('The hall has questions with options only');
  const ids = rng.shuffle(body.options.map(({ id }) => id));
  return { kind: 'choice', optionIds: ids.slice(0, body.type === 'multiple' ? 1 + rng.int(3) : 1) };
}
