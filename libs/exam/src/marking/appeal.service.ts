import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, Outbox } from '@xuekao/platform';
import { AttemptService } from '../attempt.service.js';
import { AttemptStore } from '../attempt.store.js';
import { usualPlan } from '../core/index.js';
import { ExamRefused } from '../exam.errors.js';
import { newId } from '@xuekao/kernel';
import { newScript } from './marking-plan.service.js';
import type { ScriptRow } from './marking.entity.js';
import { MarkingStore } from './marking.store.js';
import { ScriptStore } from './script.store.js';

export interface Appeal {
  /** Place on the own paper, from 1. */
  readonly number: number;
  readonly reason: string;
}

export interface AppealView {
  readonly number: number;
  readonly reason: string;
  readonly state: ScriptRow['state'];
  /** Whether a regrade has taken its mark over. */
  readonly isApplied: boolean;
}

/** A member asks for a person's eye on a blank or a short answer. The mark changes by a regrade, as every mark does. */
@Injectable()
export class AppealService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly own: AttemptService,
    private readonly attempts: AttemptStore,
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async file(attemptId: string, { number: place, reason }: Appeal): Promise<AppealView[]> {
    const { attempt, exam, paper } = await this.own.get(attemptId);
    const number = attempt.layout[place - 1]?.number;
    if (number === undefined) throw new ExamRefused('exam.attempt.no-such-question', { number: place });
    const type = paper.bodyOf(number)!.type;
    const isOpenTo = attempt.score !== null && exam.state !== 'published' && ['blank', 'short-answer'].includes(type);
    if (!isOpenTo) throw new ExamRefused('exam.appeal.not-allowed');
    await this.uow.run(async () => {
      await this.store.forUpdate(exam.id);
      const known = await this.scripts.scriptsOfAttempt(attemptId);
      if (known.some((script) => script.number === number && script.cause === 'appeal')) {
        throw new ExamRefused('exam.appeal.repeated');
      }
      const mark = (await this.attempts.marksOf(attemptId)).find((each) => each.number === number);
      if (!mark || mark.full === 0) throw new ExamRefused('exam.appeal.not-allowed');
      if (!(await this.scripts.plan(exam.id, number))) {
        await this.scripts.putPlan({ examId: exam.id, number, ...usualPlan, seed: newId() });
      }
      const script: ScriptRow = {
        ...newScript(exam.id, number, this.clock.now()),
        attemptId,
        memberId: attempt.memberId,
        full: mark.full,
        place: (await this.scripts.lastPlace(exam.id, number)) + 1,
        cause: 'appeal',
        reason: reason.trim(),
      };
      await this.scripts.addScripts([script]);
      await this.outbox.add({
        type: 'exam.appeal.filed',
        subjectType: 'exam-attempt',
        subjectId: attemptId,
        unitId: exam.unitId,
        payload: { examId: exam.id, memberId: attempt.memberId, number },
      });
    });
    return this.list(attemptId);
  }

  async list(attemptId: string): Promise<AppealView[]> {
    const { attempt } = await this.own.get(attemptId);
    const placeOf = new Map(attempt.layout.map(({ number }, index) => [number, index + 1]));
    const scripts = await this.scripts.scriptsOfAttempt(attemptId);
    return scripts
      .filter((script) => script.cause === 'appeal')
      .map(({ number, reason, state, runId }) => ({
        number: placeOf.get(number)!,
        reason: reason ?? '',
        state,
        isApplied: runId !== null,
      }));
  }
}
