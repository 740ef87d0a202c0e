import { Injectable } from '@nestjs/common';
import type { QuestionActKind } from '@xuekao/contracts';
import { examStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, JobQueue } from '@xuekao/platform';
import { regradeOutcome, stateAfter, withoutAct } from '../core/index.js';
import type { MarkingState } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, decided, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { InterventionLog } from '../invigilation/intervention-log.js';
import { ReMarking } from '../regrade/re-marking.js';
import { ExamActs } from './exam-act.js';
import { ExamMarking } from './exam-marking.js';
import { MarkingStore } from './marking.store.js';

export interface QuestionAct {
  /** On the common paper. */
  readonly number: number;
  readonly kind: QuestionActKind;
  readonly reason: string;
}

export const settleJob = 'exam.question.settle';
/** A hand-in that was under way may have been marked as before: by then it is in. */
const settleAfterMs = 5_000;

/**
 * A question that turns out to be broken while the exam runs: void, or given to everybody, and back. One person decides, with
 * a reason, and running papers are told at once; who has handed in is marked anew. After the close a regrade does it.
 */
@Injectable()
export class QuestionActService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly store: MarkingStore,
    private readonly marking: ExamMarking,
    private readonly reMarking: ReMarking,
    private readonly acts: ExamActs,
    private readonly log: InterventionLog,
    private readonly jobs: JobQueue,
    private readonly clock: AppClock,
  ) {}

  async decide(examId: string, { number, kind, reason }: QuestionAct): Promise<void> {
    await this.acts.permitted(examId);
    await this.uow.run(async () => {
      const { rules, acts, revision } = await this.store.forUpdate(examId);
      const exam = found(await this.exams.byId(examId));
      if (exam.state !== 'published') {
        throw new ExamRefused('exam.not-published', { title: exam.title, state: examStates[exam.state] });
      }
      const before: MarkingState = { rules, acts };
      const questions = await this.marking.questionsOf(exam, before);
      const after = decided(
        kind === 'restore' ? withoutAct(before, number) : stateAfter(before, { kind, numbers: [number] }, questions),
      );
      await this.store.change(examId, { acts: after.acts, revision: revision + 1 });
      await this.markAgain(exam, after, number);
      await this.log.note(exam, { kind, number, reason: reason.trim() });
      const runAt = this.clock.now() + settleAfterMs;
      await this.jobs.enqueue({ name: settleJob, payload: { examId, number }, runAt });
    });
  }

  /** Puts the marks of who has handed in as the exam is marked now. Again, it changes nothing. */
  async settle(examId: string, number: number): Promise<void> {
    await this.uow.run(async () => {
      const { rules, acts } = await this.store.forUpdate(examId);
      await this.markAgain(found(await this.exams.byId(examId)), { rules, acts }, number);
    });
  }

  private async markAgain(exam: ExamRow, state: MarkingState, number: number): Promise<void> {
    const question = (await this.marking.questionsOf(exam, state)).find((each) => each.number === number);
    if (!question) return;
    const attempts = await this.store.totalsOf(exam.id);
    const changes = await this.reMarking.settled(exam.id, attempts, [question]);
    const { changed } = regradeOutcome(attempts, (id) => changes.get(id) ?? [], exam);
    await this.store.setMarks(changed);
    await this.store.setScores(changed.map(({ attemptId, after }) => ({ attemptId, ...after })));
    await this.store.dropSheets(changed.map(({ attemptId }) => attemptId));
  }
}
