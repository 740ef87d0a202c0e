import { Injectable } from '@nestjs/common';
import type { AppealState, ScriptState } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { newId } from '@xuekao/kernel';
import { AppClock, Outbox, currentActor } from '@xuekao/platform';
import { AttemptService } from '../attempt.service.js';
import type { AttemptView } from '../attempt.service.js';
import { AttemptStore } from '../attempt.store.js';
import { appealRefusal, appealWindow, optionsFrom, usualPlan } from '../core/index.js';
import type { AppealWindow } from '../core/index.js';
import { ExamRefused, allowed } from '../exam.errors.js';
import { RegradeStore } from '../regrade/regrade.store.js';
import { newScript } from './marking-plan.service.js';
import { AppealStore } from './appeal.store.js';
import type { AppealRow, ScriptRow } from './marking.entity.js';
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
  readonly state: AppealState;
  readonly filedAt: Instant;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
  /** Of a blank or a short answer: where the second reading stands. */
  readonly marking: ScriptState | null;
  /** Whether a regrade stands that was begun from it, or took its second mark over. */
  readonly isApplied: boolean;
}

export interface OwnAppeals {
  readonly items: readonly AppealView[];
  /** When more may be asked for; null where never. */
  readonly window: AppealWindow | null;
  readonly serverNow: Instant;
}

export interface AppealCounts {
  readonly open: number;
  readonly answered: number;
}

/** Questions that people read: an appeal puts the answer before a marker once more. */
const readByPeople = ['blank', 'short-answer'];

/** A member asks for a second look at the mark of a question. A mark changes by a regrade, as every mark does. */
@Injectable()
export class AppealService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly own: AttemptService,
    private readonly attempts: AttemptStore,
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
    private readonly appeals: AppealStore,
    private readonly regrades: RegradeStore,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async file(attemptId: string, { number: place, reason }: Appeal): Promise<OwnAppeals> {
    const view = await this.own.get(attemptId);
    const { attempt, exam, paper } = view;
    const number = attempt.layout[place - 1]?.number;
    if (number === undefined) throw new ExamRefused('exam.attempt.no-such-question', { number: place });
    await this.uow.run(async () => {
      await this.store.forUpdate(exam.id);
      const known = await this.appeals.ofAttempt(attemptId);
      if (known.some((each) => each.number === number)) throw new ExamRefused('exam.appeal.repeated');
      const mark = (await this.attempts.marksOf(attemptId)).find((each) => each.number === number);
      const now = this.clock.now();
      allowed(appealRefusal(await this.windowOf(view), mark?.full, now));
      const { memberId } = attempt;
      const nothing = { answer: null, answeredBy: null, answererName: null, answeredAt: null };
      const appeal: AppealRow = {
        id: newId(),
        examId: exam.id,
        attemptId,
        memberId,
        number,
        reason: reason.trim(),
        state: 'open',
        filedAt: now,
        ...nothing,
      };
      await this.appeals.add(appeal);
      if (readByPeople.includes(paper.bodyOf(number)!.type)) await this.putBeforeMarkers(appeal, mark!.full);
      await this.outbox.add({
        type: 'exam.appeal.filed',
        subjectType: 'exam-attempt',
        subjectId: attemptId,
        unitId: exam.unitId,
        payload: { examId: exam.id, memberId, number },
      });
    });
    return this.list(attemptId);
  }

  /** A script like any other: whoever marks the question reads it, and does not learn whose it is. */
  private async putBeforeMarkers({ examId, attemptId, memberId, number, reason }: AppealRow, full: number) {
    if (!(await this.scripts.plan(examId, number))) {
      await this.scripts.putPlan({ examId, number, ...usualPlan, seed: newId() });
    }
    const place = (await this.scripts.lastPlace(examId, number)) + 1;
    const known = { attemptId, memberId, full, place, reason };
    const script: ScriptRow = { ...newScript(examId, number, this.clock.now()), ...known, cause: 'appeal' };
    await this.scripts.addScripts([script]);
  }

  private async windowOf({ attempt, exam }: AttemptView): Promise<AppealWindow | null> {
    const review = (await this.store.of(exam.id))?.review ?? optionsFrom(exam.review);
    const times = (await this.scripts.scriptsOfAttempt(attempt.id)).flatMap(({ cause, finalAt }) =>
      cause === 'written' && finalAt !== null ? [finalAt] : [],
    );
    const markedAt = times.length === 0 ? null : Math.max(...times);
    const { state, closedAt } = exam;
    return appealWindow({ state, closedAt, score: attempt.score, markedAt }, review);
  }

  async list(attemptId: string): Promise<OwnAppeals> {
    const view = await this.own.get(attemptId);
    const { attempt, serverNow } = view;
    const placeOf = new Map(attempt.layout.map(({ number }, index) => [number, index + 1]));
    const scripts = (await this.scripts.scriptsOfAttempt(attemptId)).filter(({ cause }) => cause === 'appeal');
    const applied = await this.regrades.appealsApplied(attempt.examId);
    const items = (await this.appeals.ofAttempt(attemptId)).map(
      ({ id, number, reason, state, filedAt, answer, answeredAt }): AppealView => {
        const script = scripts.find((each) => each.number === number);
        return {
          number: placeOf.get(number)!,
          reason,
          state,
          filedAt,
          answer,
          answeredAt,
          marking: script?.state ?? null,
          isApplied: applied.has(id) || (script?.runId ?? null) !== null,
        };
      },
    );
    return { items, window: await this.windowOf(view), serverNow };
  }

  /** The actor's own, by exam. */
  async countsOfMine(): Promise<Map<string, AppealCounts>> {
    const { memberId } = currentActor();
    const counts = new Map<string, AppealCounts>();
    for (const { examId, state } of memberId === null ? [] : await this.appeals.ofMember(memberId)) {
      const { open, answered } = counts.get(examId) ?? { open: 0, answered: 0 };
      counts.set(examId, state === 'open' ? { open: open + 1, answered } : { open, answered: answered + 1 });
    }
    return counts;
  }
}
