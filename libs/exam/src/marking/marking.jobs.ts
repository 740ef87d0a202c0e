import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { EventRelay, JobQueue } from '@xuekao/platform';
import type { DomainEvent } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import { ExamPulse } from '../invigilation/exam-pulse.js';
import { QuestionActService, settleJob } from './question-act.service.js';

const examOf = new Set(['exam.regraded', 'exam.review.changed', 'exam.appeal.answered']);

/** Wakes the result pages that stand open when a result changes or comes out, and marks what an act on a question missed. */
@Injectable()
export class MarkingJobs implements OnModuleInit {
  constructor(
    private readonly relay: EventRelay,
    private readonly jobs: JobQueue,
    private readonly acts: QuestionActService,
    private readonly attempts: AttemptStore,
    private readonly pulse: ExamPulse,
    private readonly uow: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(settleJob, ({ examId, number }: { examId: string; number: number }) =>
      this.acts.settle(examId, number),
    );
    this.relay.subscribe({
      name: 'exam.result-news',
      types: [...examOf, 'exam.attempt.marked'],
      handle: (event) => this.wake([event]),
      handleAll: (events) => this.wake(events),
    });
  }

  private async wake(events: readonly DomainEvent[]): Promise<void> {
    const attemptIds = events.flatMap(({ type, subjectId }) => (examOf.has(type) ? [] : [subjectId]));
    const attempts = await this.attempts.byIds(attemptIds);
    const examIds = events.flatMap(({ type, subjectId }) => (examOf.has(type) ? [subjectId] : []));
    const all = new Set([...examIds, ...attempts.map(({ examId }) => examId)]);
    await this.uow.run(async () => {
      for (const examId of all) await this.pulse.beat(examId);
    });
  }
}
