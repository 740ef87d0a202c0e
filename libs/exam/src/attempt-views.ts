import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { gathered } from '@xuekao/platform';
import type { AnswerRow, AttemptRow } from './attempt.entity.js';
import { AttemptStore } from './attempt.store.js';
import { grouped } from './core/index.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamStore } from './exam.store.js';

/** An attempt with all that its paper page shows, but for the paper. */
export interface StoredAttempt {
  readonly attempt: AttemptRow;
  readonly exam: ExamRow;
  readonly place: RosterRow;
  /** In order of number. */
  readonly answers: readonly AnswerRow[];
}

/** Attempts as they are stored. At the start of an exam everybody asks for his own: those of a moment are read together. */
@Injectable()
export class AttemptViews {
  private readonly stored = gathered((ids: readonly string[]) => this.read(ids), { apartMs: 10 });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
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
      for (const attempt of same) {
        const place = places.get(attempt.memberId);
        if (exam && place) views.set(attempt.id, { attempt, exam, place, answers: answers.get(attempt.id) ?? [] });
      }
    }
    return views;
  }
}
