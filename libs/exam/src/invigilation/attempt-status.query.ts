import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AttemptStatus, DecidedQuestion } from '@xuekao/contracts';
import { questionActs } from '@xuekao/contracts';
import { AppClock } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import type { AttemptSummary } from '../attempt.store.js';
import { decidedPlaces, grouped, hasDecided, momentOf, optionsFrom } from '../core/index.js';
import type { ExamRow, RosterRow } from '../exam.entity.js';
import { found } from '../exam.errors.js';
import { ExamRosters } from '../exam-rosters.js';
import { ExamStore } from '../exam.store.js';
import { AppealStore } from '../marking/appeal.store.js';
import type { ExamMarkingRow } from '../marking/marking.entity.js';
import { MarkingStore } from '../marking/marking.store.js';
import type { InterventionRow } from './day.entity.js';
import { DayStore } from './day.store.js';

type ToldAct = InterventionRow & { isFor(place: RosterRow): boolean };

/** With the token of the writing device, which stays on the server. */
export type OwnedStatus = AttemptStatus & { readonly writer: string };

/** Attempts as the clients of the people who sit them have to know them. */
@Injectable()
export class AttemptStatusQuery {
  constructor(
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly store: DayStore,
    private readonly marking: MarkingStore,
    private readonly appeals: AppealStore,
    private readonly rosters: ExamRosters,
    private readonly clock: AppClock,
  ) {}

  async of(attemptIds: readonly string[]): Promise<OwnedStatus[]> {
    const attempts = await this.attempts.byIds(attemptIds);
    const statuses: OwnedStatus[] = [];
    for (const [examId, own] of grouped(attempts, (attempt) => attempt.examId)) {
      statuses.push(...(await this.inExam(examId, own)));
    }
    return statuses;
  }

  private async inExam(examId: string, own: readonly AttemptSummary[]): Promise<OwnedStatus[]> {
    const exam = found(await this.exams.byId(examId));
    const places = await this.exams.placesIn(examId, [...new Set(own.map(({ memberId }) => memberId))]);
    const placeOf = new Map(places.map((place) => [place.memberId, place]));
    const acts = await this.actsOf(examId);
    const marking = await this.marking.of(examId);
    const decided = await this.decidedOf(own, marking, acts);
    const ended = own.filter(({ state }) => state !== 'open').map(({ id }) => id);
    const answered = await this.appeals.answeredOf(ended);
    return own.map((attempt) => {
      const place = found(placeOf.get(attempt.memberId));
      const isTold = ({ kind, at, isFor }: ToldAct): boolean =>
        !isQuestionAct(kind) && at >= attempt.startedAt && isFor(place);
      const resultStamp = this.stampOf(exam, marking, attempt, answered.get(attempt.id) ?? 0);
      return {
        ...statusOf(exam, place, attempt, acts.findLast(isTold)),
        decided: decided.get(attempt.id) ?? [],
        resultStamp,
        writer: attempt.writer,
        serverNow: this.clock.now(),
      };
    });
  }

  private async actsOf(examId: string): Promise<ToldAct[]> {
    const acts = await this.store.interventionsOf(examId);
    const units = new Map<string, ReadonlySet<string>>();
    for (const { unitId } of acts) {
      if (unitId !== null && !units.has(unitId)) units.set(unitId, await this.rosters.unitsUnder(unitId));
    }
    return acts.map((act) => ({
      ...act,
      isFor: (place) =>
        (act.memberId === null || act.memberId === place.memberId) &&
        (act.unitId === null || (place.unitId !== null && units.get(act.unitId)!.has(place.unitId))),
    }));
  }

  /** By attempt; only who still answers is told. */
  private async decidedOf(
    attempts: readonly AttemptSummary[],
    marking: ExamMarkingRow | null,
    acts: readonly InterventionRow[],
  ): Promise<Map<string, DecidedQuestion[]>> {
    const running = attempts.filter(({ state }) => state === 'open').map(({ id }) => id);
    if (!marking || running.length === 0 || !hasDecided(marking.acts)) return new Map();
    const orders = await this.attempts.layoutsOf(running);
    return new Map([...orders].map(([id, order]) => [id, decidedPlaces(order, marking.acts, acts)]));
  }

  /** Over what decides what a member sees of his result. Hashed, so that it tells nothing of it. */
  private stampOf(exam: ExamRow, marking: ExamMarkingRow | null, attempt: AttemptSummary, answered: number): string {
    if (attempt.state === 'open') return '';
    const review = marking?.review ?? optionsFrom(exam.review);
    const moment = momentOf(exam, review, this.clock.now());
    const parts = [exam.state, moment, review, marking?.revision ?? 0, attempt.score === null, answered];
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
  }
}

function isQuestionAct(kind: InterventionRow['kind']): boolean {
  return questionActs.some((each) => each === kind);
}

function statusOf(
  exam: ExamRow,
  place: RosterRow,
  attempt: AttemptSummary,
  act: InterventionRow | undefined,
): Omit<AttemptStatus, 'serverNow' | 'decided' | 'resultStamp'> {
  const extraMs = exam.extraMs + place.extraMs;
  return {
    attemptId: attempt.id,
    state: attempt.state,
    deadlineAt: attempt.deadlineAt,
    limitMinutes: exam.limitMinutes + Math.round(extraMs / 60_000),
    extendedFromMinutes: extraMs > 0 ? exam.limitMinutes : null,
    endedAt: attempt.endedAt,
    endedBy: attempt.endedBy,
    intervention: act ? { kind: act.kind, minutes: act.minutes, reason: act.reason, at: act.at } : null,
  };
}
