import { Injectable } from '@nestjs/common';
import type { DecidedQuestion } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { gathered } from '@xuekao/platform';
import type { AnswerRow, AttemptRow } from './attempt.entity.js';
import { AttemptStore } from './attempt.store.js';
import { decidedPlaces, grouped, hasDecided } from './core/index.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamStore } from './exam.store.js';
import { DayStore } from './invigilation/day.store.js';
import { MarkingStore } from './marking/marking.store.js';

/** An attempt with all that its paper page shows, but for the paper. */
export interface StoredAttempt {
  readonly attempt: AttemptRow;
  readonly exam: ExamRow;
  readonly place: RosterRow;
  /** In order of number. */
  readonly answers: readonly AnswerRow[];
  /** Questions that need no answer, while it is open. */
  readonly decided: readonly DecidedQuestion[];
}

const none: readonly DecidedQuestion[] = [];

/** Attempts as they are stored. At the start of an exam everybody asks for his own: those of a moment are read together. */
@Injectable()
export class AttemptViews {
  private readonly stored = gathered((ids: readonly string[]) => this.read(ids), { apartMs: 10 });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly marking: MarkingStore,
    private readonly day: DayStore,
  ) {}

  /** Undefined where there is none, or none that has begun. */
  async of(attemptId: string): Promise<StoredAttempt | undefined> {
    if (!isId(attemptId)) return undefined;
    // Inside a transaction its own writes count, which nobody else sees.
    return this.uow.isOpen ? (await this.read([attemptId])).get(attemptId) : this.stored(attemptId);
  }

  private async read(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAttempt>> {
    const attempts = await this.attempts.wholeByIds(ids);
    const answers = grouped(await this.attempts.answersOfAll(attempts.map(({ id }) => id)), (row) => row.attemptId);
    const views = new Map<string, StoredAttempt>();
    for (const [examId, same] of grouped(attempts, (attempt) => attempt.examId)) {
      const memberIds = same.map(({ memberId }) => memberId);
      const exam = await this.exams.byId(examId);
      const places = new Map((await this.exams.placesIn(examId, memberIds)).map((place) => [place.memberId, place]));
      const decidedOf = await this.decidedIn(examId);
      for (const attempt of same) {
        const place = places.get(attempt.memberId);
        if (!exam || !place) continue;
        const decided = attempt.state === 'open' ? decidedOf(attempt) : none;
        views.set(attempt.id, { attempt, exam, place, answers: answers.get(attempt.id) ?? [], decided });
      }
    }
    return views;
  }

  private async decidedIn(examId: string): Promise<(attempt: AttemptRow) => readonly DecidedQuestion[]> {
    const acts = (await this.marking.of(examId))?.acts ?? {};
    if (!hasDecided(acts)) return () => none;
    const words = await this.day.interventionsOf(examId);
    const orderOf = ({ layout }: AttemptRow): number[] => layout.map(({ number }) => number);
    return (attempt) => decidedPlaces(orderOf(attempt), acts, words);
  }
}
