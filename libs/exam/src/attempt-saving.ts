import { Injectable } from '@nestjs/common';
import { UnitOfWork, ValueRefused } from '@xuekao/database';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import { attemptOf } from './attempt-closing.js';
import type { AnswerRow } from './attempt.entity.js';
import { AttemptSaveStore } from './attempt-save.store.js';
import type { AnswerHead, AttemptHead } from './attempt-save.store.js';
import { AttemptStore } from './attempt.store.js';
import { decide } from './core/index.js';
import type { AnswerSave, SavedAnswer } from './core/index.js';
import { ExamRefused } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { AttemptActivity } from './invigilation/attempt-activity.js';
import { PaperCache } from './paper-cache.js';
import type { TakingPaper } from './paper-cache.js';
import { Batches } from './save-batches.js';

export interface SaveAck {
  readonly saved: readonly Pick<AnswerRow, 'number' | 'clientSeq' | 'savedAt' | 'lateMs'>[];
  readonly deadlineAt: Instant;
  readonly serverNow: Instant;
}

/** What never changes of an attempt, so that a save need not read it. */
interface AttemptFacts {
  readonly memberId: string;
  readonly examId: string;
  readonly paperId: string;
  readonly graceMs: number;
  /** Number on the common paper by place on his own, from 0. */
  readonly numbers: readonly number[];
}

interface KnownAttempt {
  readonly facts: AttemptFacts;
  readonly paper: TakingPaper;
}

interface SaveRequest {
  readonly graceMs: number;
  readonly examId: string;
  readonly attemptId: string;
  readonly device: string;
  /** Under the numbers of the common paper. */
  readonly answers: readonly AnswerSave[];
  readonly placeOf: ReadonlyMap<number, number>;
  readonly paper: TakingPaper;
  /** Lateness is counted from the arrival, not from the turn in the batch. */
  readonly arrivedAt: Instant;
}

const factsKept = 20_000;

/**
 * Keeps answers: all requests of a moment in one transaction, acknowledged after its commit. State, writer and deadline are
 * looked at inside it; a refused request is refused alone.
 */
@Injectable()
export class AttemptSaving {
  private readonly facts = new Map<string, AttemptFacts>();
  private readonly onTheirWay = new Set<Promise<unknown>>();
  private readonly batches = new Batches((requests: readonly SaveRequest[]) => this.keepAll(requests));

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: AttemptSaveStore,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly papers: PaperCache,
    private readonly activity: AttemptActivity,
    private readonly clock: AppClock,
  ) {}

  /** A request is taken whole or not at all; `answers` have places on the member's own paper. Somebody else's attempt is not found. */
  async save(memberId: string, attemptId: string, device: string, given: readonly AnswerSave[]): Promise<SaveAck> {
    const arrivedAt = this.clock.now();
    const known = this.known(attemptId) ?? (await this.arriving(this.load(attemptId)));
    if (known?.facts.memberId !== memberId) throw new ExamRefused('resource.not-found');
    const { facts, paper } = known;
    const { answers, placeOf } = onPaper(facts.numbers, given);
    const { examId, graceMs } = facts;
    const request = { examId, graceMs, attemptId, device, answers, placeOf, paper, arrivedAt };
    return this.uow.isOpen ? this.keepNow(request) : this.batches.take(request);
  }

  /** Inside somebody's transaction nothing may wait for another one. */
  private async keepNow(request: SaveRequest): Promise<SaveAck> {
    const [outcome] = await this.uow.run(() => this.keep([request]));
    if (outcome instanceof Error) throw outcome;
    return outcome!;
  }

  /** Resolves when the saves that arrived before are kept or refused. */
  async settled(): Promise<void> {
    if (this.uow.isOpen) return;
    if (this.onTheirWay.size > 0) await Promise.allSettled(this.onTheirWay);
    await this.batches.settled();
  }

  /** Of an attempt that was saved lately. */
  examIdOf(attemptId: string): string | undefined {
    return this.facts.get(attemptId)?.examId;
  }

  private known(attemptId: string): KnownAttempt | undefined {
    const facts = this.facts.get(attemptId);
    const paper = facts && this.papers.known(facts.paperId);
    return facts && paper && { facts, paper };
  }

  private async load(attemptId: string): Promise<KnownAttempt | undefined> {
    const facts = this.facts.get(attemptId) ?? (await this.factsOf(attemptId));
    return facts && { facts, paper: await this.papers.get(facts.paperId) };
  }

  /** Saves that have arrived and wait for what is known of their attempt: they come before who asks for `settled` now. */
  private async arriving(loading: Promise<KnownAttempt | undefined>): Promise<KnownAttempt | undefined> {
    this.onTheirWay.add(loading);
    try {
      return await loading;
    } finally {
      this.onTheirWay.delete(loading);
    }
  }

  private async keepAll(requests: readonly SaveRequest[]): Promise<readonly (SaveAck | Error)[]> {
    try {
      return await this.uow.run(() => this.keep(requests));
    } catch (error) {
      if (requests.length === 1 || !(error instanceof ValueRefused)) throw error;
      return Promise.all(requests.map((request) => this.keepAll([request]).then(([outcome]) => outcome!, asError)));
    }
  }

  private async keep(requests: readonly SaveRequest[]): Promise<(SaveAck | Error)[]> {
    const heads = await this.store.hold([...new Set(requests.map(({ attemptId }) => attemptId))]);
    const keys = new Map(
      requests.flatMap(({ attemptId, answers }) =>
        answers.map(({ number }) => [`${attemptId}/${number}`, [attemptId, number] as const]),
      ),
    );
    const kept = await this.store.kept([...keys.values()]);
    const fresh = new Map<string, AnswerRow>();
    const outcomes = requests.map((request) => this.outcomeOf(request, heads.get(request.attemptId), kept, fresh));
    await this.store.write([...fresh.values()]);
    const told = requests.filter((_, index) => !(outcomes[index] instanceof Error));
    this.uow.afterCommit(() => {
      for (const { examId, attemptId } of told) this.activity.touch(examId, attemptId);
    });
    return outcomes;
  }

  /** Adds what is to be written to `fresh`, and to `kept` for the requests behind. */
  private outcomeOf(
    request: SaveRequest,
    head: AttemptHead | undefined,
    kept: Map<string, AnswerHead>,
    fresh: Map<string, AnswerRow>,
  ): SaveAck | Error {
    const { attemptId, device, answers, placeOf, paper, arrivedAt } = request;
    if (!head) return new ExamRefused('resource.not-found');
    const known = new Map<number, SavedAnswer>();
    for (const { number, content } of answers) {
      const answer = kept.get(`${attemptId}/${number}`);
      if (answer) known.set(number, { ...answer, content });
    }
    const command = { kind: 'save', writer: device, answers } as const;
    const decision = decide(attemptOf(head, request, known), command, paper.bodyOf, arrivedAt);
    if (isRefusal(decision)) return ExamRefused.of(inPlaces(decision, placeOf));
    for (const event of decision) {
      if (event.kind !== 'answer-saved') continue;
      const { number, content, clientSeq, at, lateMs } = event;
      const row = { attemptId, number, content, clientSeq, savedAt: at, lateMs };
      fresh.set(`${attemptId}/${number}`, row);
      kept.set(`${attemptId}/${number}`, row);
    }
    const saved: SaveAck['saved'][number][] = [];
    for (const [number, place] of placeOf) {
      const answer = kept.get(`${attemptId}/${number}`);
      if (!answer) continue;
      const { clientSeq, savedAt, lateMs } = answer;
      saved.push({ number: place, clientSeq, savedAt, lateMs });
    }
    return { saved, deadlineAt: head.deadlineAt, serverNow: this.clock.now() };
  }

  private async factsOf(attemptId: string): Promise<AttemptFacts | undefined> {
    const row = await this.attempts.byId(attemptId);
    const exam = row && (await this.exams.byId(row.examId));
    if (!row || !exam) return undefined;
    const numbers = row.layout.map(({ number }) => number);
    const facts = { memberId: row.memberId, examId: exam.id, paperId: exam.paperId, graceMs: exam.graceMs, numbers };
    if (this.facts.size >= factsKept) this.facts.clear();
    this.facts.set(attemptId, facts);
    return facts;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** A member's numbers are places on his own paper; answers are kept under the numbers of the common one. */
function onPaper(
  numbers: readonly number[],
  given: readonly AnswerSave[],
): { answers: AnswerSave[]; placeOf: Map<number, number> } {
  const placeOf = new Map<number, number>();
  const answers = given.map((answer) => {
    const number = numbers[answer.number - 1];
    if (number === undefined) throw new ExamRefused('exam.attempt.no-such-question', { number: answer.number });
    placeOf.set(number, answer.number);
    return { ...answer, number };
  });
  return { answers, placeOf };
}

function inPlaces({ code, facts }: Refusal, placeOf: ReadonlyMap<number, number>): Refusal {
  const { number } = facts;
  return refuse(code, typeof number === 'number' ? { ...facts, number: placeOf.get(number) ?? number } : facts);
}
