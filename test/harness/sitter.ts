import { randomUUID } from 'node:crypto';
import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';
import type { Client } from './client.js';
import { untilAnswered } from './persistence.js';

interface Receipt {
  readonly number: number;
  readonly clientSeq: number;
}
interface Given extends Receipt {
  readonly content: AnswerContent;
}
export interface PlacedQuestion {
  readonly number: number;
  readonly body: QuestionBody;
}
interface AttemptSeen {
  readonly state: string;
  readonly questions: readonly PlacedQuestion[];
  readonly answers: readonly Given[];
}
export type AnswerMaker = (body: QuestionBody, rng: Rng) => AnswerContent;

/** One member in an exam, whose device sends each change until the server says that it is kept. */
export class Sitter {
  questions: readonly PlacedQuestion[] = [];
  attemptId = '';
  /** Newest acknowledged change of each question, by its place on this member's paper. */
  readonly acknowledged = new Map<number, Given>();
  private readonly sent = new Map<string, Given>();
  private readonly writer = randomUUID();
  private seq = 0;

  constructor(
    private readonly client: Client,
    private readonly makeAnswer: AnswerMaker,
    private readonly rng: Rng,
    private readonly onKept: () => void,
  ) {}

  async start(examId: string): Promise<void> {
    const { writer } = this;
    const path = `/exams/${examId}/attempts`;
    this.attemptId = (await untilAnswered(() => this.client.post<{ id: string }>(path, { writer }))).id;
    this.questions = (await this.seen()).questions;
  }

  seen(): Promise<AttemptSeen> {
    return untilAnswered(() => this.client.get<AttemptSeen>(`/attempts/${this.attemptId}`));
  }

  /** Makes this many changes, a few under way at once, some of them alone and some in batches. */
  async work(changes: number, underWay = 3): Promise<void> {
    let left = changes;
    const hand = async (): Promise<void> => {
      while (left-- > 0) await (this.rng.int(3) === 0 ? this.sendBatch() : this.sendOne());
    };
    await Promise.all(Array.from({ length: underWay }, hand));
  }

  /** Hands in with a few changes that the device had not sent before. */
  async handIn(): Promise<void> {
    const answers = this.changes(3);
    const path = `/attempts/${this.attemptId}/hand-in`;
    await untilAnswered(() => this.client.post(path, { writer: this.writer, answers }));
    for (const answer of answers) this.keep(answer);
  }

  result(): Promise<unknown> {
    return this.client.get(`/attempts/${this.attemptId}/result`);
  }

  /** What the server shows of this attempt and contradicts what it has acknowledged; empty when nothing does. */
  async losses(): Promise<string[]> {
    // Taken first: what is acknowledged while the server answers may be missing from its answer.
    const due = [...this.acknowledged.values()];
    const { answers } = await this.seen();
    const byNumber = new Map(answers.map((answer) => [answer.number, answer]));
    const faults = byNumber.size === answers.length ? [] : [`${answers.length - byNumber.size} answers are doubled`];
    for (const { number, clientSeq, content } of answers) {
      const sent = this.sent.get(`${number}/${clientSeq}`);
      if (JSON.stringify(sent?.content) !== JSON.stringify(content))
        faults.push(`${number}/${clientSeq} was not sent so`);
    }
    for (const { number, clientSeq } of due) {
      const kept = byNumber.get(number)?.clientSeq ?? -1;
      if (kept < clientSeq) faults.push(`${number}/${clientSeq} was acknowledged, ${kept} is there`);
    }
    return faults;
  }

  private async sendOne(): Promise<void> {
    const [answer] = this.changes(1);
    const { number, ...rest } = answer!;
    const path = `/attempts/${this.attemptId}/answers/${number}`;
    this.take([await untilAnswered(() => this.client.put<Receipt>(path, { writer: this.writer, ...rest }))], [answer!]);
  }

  private async sendBatch(): Promise<void> {
    const answers = this.changes(2 + this.rng.int(4));
    const path = `/attempts/${this.attemptId}/answers`;
    const body = { writer: this.writer, answers };
    this.take((await untilAnswered(() => this.client.post<{ items: Receipt[] }>(path, body))).items, answers);
  }

  private take(receipts: readonly Receipt[], answers: readonly Given[]): void {
    for (const { number, clientSeq } of answers) {
      const receipt = receipts.find((each) => each.number === number);
      if (!receipt || receipt.clientSeq < clientSeq) throw new Error(`${number}/${clientSeq} has no receipt`);
      this.keep(this.sent.get(`${number}/${receipt.clientSeq}`)!);
    }
    this.onKept();
  }

  private keep(given: Given): void {
    if ((this.acknowledged.get(given.number)?.clientSeq ?? -1) < given.clientSeq) {
      this.acknowledged.set(given.number, given);
    }
  }

  private changes(count: number): Given[] {
    const places = new Set(Array.from({ length: count }, () => this.rng.int(this.questions.length)));
    return [...places].map((place) => {
      const { number, body } = this.questions[place]!;
      const given = { number, clientSeq: ++this.seq, content: this.makeAnswer(body, this.rng) };
      this.sent.set(`${number}/${given.clientSeq}`, given);
      return given;
    });
  }
}
