import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { isRefusal, newId, periodOf, refuse, seededRng } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { AppClock, AppConfig, Outbox, currentActor } from '@xuekao/platform';
import { AttemptClosing, attemptOf } from './attempt-closing.js';
import type { AnswerRow, AttemptRow } from './attempt.entity.js';
import { AttemptStore } from './attempt.store.js';
import { decide, decideStart, graceMs, layoutOf } from './core/index.js';
import type { AnswerSave, AttemptCommand, Start } from './core/index.js';
import type { ExamRow } from './exam.entity.js';
import { ExamRefused, decided, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { PaperCache } from './paper-cache.js';
import type { TakingPaper } from './paper-cache.js';

export interface AttemptView {
  readonly attempt: AttemptRow;
  readonly exam: ExamRow;
  readonly extraMs: number;
  readonly paper: TakingPaper;
  readonly answers: readonly AnswerRow[];
  readonly serverNow: Instant;
}

export interface SaveAck {
  readonly saved: readonly Pick<AnswerRow, 'number' | 'clientSeq' | 'savedAt' | 'lateMs'>[];
  readonly deadlineAt: Instant;
  readonly serverNow: Instant;
}

function currentMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.sit' });
  return memberId;
}

/** A member's own attempts; numbers of questions are places on his own paper, from 1. `device` is a token the client makes once; only the writing device's saves are taken. */
@Injectable()
export class AttemptService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly papers: PaperCache,
    private readonly closing: AttemptClosing,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly outbox: Outbox,
  ) {}

  /** Starts, or gives the open attempt again: a second click or a second device makes no second attempt. */
  async start(examId: string, device: string): Promise<AttemptView> {
    const memberId = currentMember();
    const attemptId = await this.uow.run(async () => {
      const place = await this.exams.placeForUpdate(examId, memberId);
      const exam = await this.exams.byId(examId);
      if (!exam || exam.state === 'draft') throw new ExamRefused('resource.not-found');
      const past = await this.attempts.ofMember(examId, memberId);
      const known = past.map(({ id, number, state }) => ({ id, number, isOpen: state === 'open' }));
      const start = decided(decideStart(exam, place ?? undefined, known, this.clock.now()));
      return start.kind === 'resume' ? start.attemptId : this.begin(exam, memberId, start, device);
    });
    return this.get(attemptId);
  }

  private async begin(
    exam: ExamRow,
    memberId: string,
    { number, deadlineAt }: Extract<Start, { kind: 'start' }>,
    device: string,
  ): Promise<string> {
    const paper = await this.papers.get(exam.paperId);
    const now = this.clock.now();
    const id = newId(now);
    const shuffling = { questions: exam.shuffleQuestions, options: exam.shuffleOptions };
    const bodyOf = (versionId: string) => paper.bodies.get(versionId)!;
    const { localDate, isoWeek, year } = periodOf(now, this.config.zone);
    const row: AttemptRow = {
      id,
      examId: exam.id,
      memberId,
      number,
      state: 'open',
      endedBy: null,
      startedAt: now,
      deadlineAt,
      endedAt: null,
      writer: device,
      layout: layoutOf(paper.items as never, bodyOf, shuffling, seededRng(id)),
      raw: null,
      full: paper.items.reduce((sum, item) => sum + item.marks, 0),
      score: null,
      localDate,
      isoWeek,
      year,
    };
    if (!(await this.attempts.add(row))) {
      const twin = (await this.attempts.ofMember(exam.id, memberId)).find((attempt) => attempt.number === number);
      return found(twin).id;
    }
    await this.closing.schedule(row);
    await this.outbox.add({
      type: 'exam.attempt.started',
      subjectType: 'exam-attempt',
      subjectId: id,
      unitId: exam.unitId,
      payload: { examId: exam.id, memberId, number, deadlineAt },
    });
    return id;
  }

  /** The paper without keys, the own answers, the deadline and the server's time. */
  async get(attemptId: string): Promise<AttemptView> {
    const attempt = await this.own(attemptId);
    const exam = found(await this.exams.byId(attempt.examId));
    const place = found(await this.exams.place(exam.id, attempt.memberId));
    return {
      attempt,
      exam,
      extraMs: exam.extraMs + place.extraMs,
      paper: await this.papers.get(exam.paperId),
      answers: await this.attempts.answersOf(attemptId),
      serverNow: this.clock.now(),
    };
  }

  /**
   * Keeps answers until the deadline and its grace; acknowledged after the commit. Repeats and older ones are answered with
   * what is kept. A batch is taken whole or not at all.
   */
  async save(attemptId: string, device: string, answers: readonly AnswerSave[]): Promise<SaveAck> {
    return this.uow.run(async () => {
      const row = await this.ownForUpdate(attemptId);
      const saved = await this.apply(row, { kind: 'save', writer: device, answers });
      return { saved, deadlineAt: row.deadlineAt, serverNow: this.clock.now() };
    });
  }

  /** This device writes from now on; the other one's saves are refused. */
  async takeOver(attemptId: string, device: string): Promise<AttemptView> {
    await this.uow.run(async () => {
      const row = await this.ownForUpdate(attemptId);
      const command = { kind: 'take-over', writer: device } as const;
      const events = decided(decide(attemptOf(row), command, () => undefined, this.clock.now()));
      if (events.length > 0) await this.attempts.change(attemptId, { writer: device });
    });
    return this.get(attemptId);
  }

  /** Saves what is still on the device, then ends the attempt and marks it. A second hand-in changes nothing. */
  async handIn(attemptId: string, device: string, answers: readonly AnswerSave[] = []): Promise<AttemptRow> {
    return this.uow.run(async () => {
      const row = await this.ownForUpdate(attemptId);
      if (row.state !== 'open') return row;
      const now = this.clock.now();
      if (answers.length > 0 && now <= row.deadlineAt + graceMs) {
        await this.apply(row, { kind: 'save', writer: device, answers });
      }
      const [ended] = decided(decide(attemptOf(row), { kind: 'hand-in', writer: device }, () => undefined, now));
      return ended?.kind === 'ended' ? this.closing.end(row, ended) : row;
    });
  }

  private async apply(row: AttemptRow, command: Extract<AttemptCommand, { kind: 'save' }>): Promise<SaveAck['saved']> {
    const exam = found(await this.exams.byId(row.examId));
    const paper = await this.papers.get(exam.paperId);
    const { answers, placeOf } = onPaper(row, command.answers);
    const known = new Map(
      (await this.attempts.answersOf(row.id, [...placeOf.keys()])).map((each) => [each.number, each]),
    );
    const decision = decide(attemptOf(row, known), { ...command, answers }, paper.bodyOf, this.clock.now());
    if (isRefusal(decision)) throw ExamRefused.of(inPlaces(decision, placeOf));
    const fresh = decision.flatMap((event): AnswerRow[] => {
      if (event.kind !== 'answer-saved') return [];
      const { number, content, clientSeq, at, lateMs } = event;
      return [{ attemptId: row.id, number, content, clientSeq, savedAt: at, lateMs }];
    });
    await this.attempts.saveAnswers(fresh, new Set(known.keys()));
    for (const answer of fresh) known.set(answer.number, answer);
    return [...placeOf].flatMap(([number, place]) => {
      const answer = known.get(number);
      if (!answer) return [];
      const { clientSeq, savedAt, lateMs } = answer;
      return [{ number: place, clientSeq, savedAt, lateMs }];
    });
  }

  /** Somebody else's attempt is not found. One whose time is up is collected first. */
  private async own(attemptId: string): Promise<AttemptRow> {
    const row = await this.attempts.byId(attemptId);
    if (!row || row.memberId !== currentMember()) throw new ExamRefused('resource.not-found');
    if (row.state !== 'open' || this.clock.now() < row.deadlineAt + graceMs) return row;
    await this.closing.collect(attemptId, 'deadline');
    return found(await this.attempts.byId(attemptId));
  }

  private async ownForUpdate(attemptId: string): Promise<AttemptRow> {
    const row = await this.attempts.byIdForUpdate(attemptId);
    if (!row || row.memberId !== currentMember()) throw new ExamRefused('resource.not-found');
    return row;
  }
}

/** A member's numbers are places on his own paper; answers are kept under the numbers of the common one. */
function onPaper(
  { layout }: AttemptRow,
  given: readonly AnswerSave[],
): { answers: AnswerSave[]; placeOf: Map<number, number> } {
  const placeOf = new Map<number, number>();
  const answers = given.map((answer) => {
    const place = layout[answer.number - 1];
    if (!place) throw new ExamRefused('exam.attempt.no-such-question', { number: answer.number });
    placeOf.set(place.number, answer.number);
    return { ...answer, number: place.number };
  });
  return { answers, placeOf };
}

function inPlaces({ code, facts }: Refusal, placeOf: ReadonlyMap<number, number>): Refusal {
  const { number } = facts;
  return refuse(code, typeof number === 'number' ? { ...facts, number: placeOf.get(number) ?? number } : facts);
}
