import { Injectable } from '@nestjs/common';
import { ExamStore } from '../exam.store.js';
import type { InterventionRow } from './day.entity.js';
import { DayStore } from './day.store.js';
import { InvigilationQuery } from './invigilation.query.js';

export type InterventionView = Omit<InterventionRow, 'examId' | 'actorId'>;

/** What was done to an exam, for who may look at it: acts on everybody and on units, and on the people in his scope. */
@Injectable()
export class InterventionQuery {
  constructor(
    private readonly view: InvigilationQuery,
    private readonly exams: ExamStore,
    private readonly store: DayStore,
  ) {}

  async of(examId: string): Promise<InterventionView[]> {
    const sees = await this.view.scopeOf(examId);
    const places = (await this.exams.roster(examId)).filter(sees);
    const people = new Set(places.map((place) => place.memberId));
    const acts = await this.store.interventionsOf(examId);
    return acts
      .filter(({ memberId, unitId }) => (memberId ? people.has(memberId) : unitId === null || sees({ unitId })))
      .map(({ id, kind, memberId, unitId, minutes, number, exemption, reason, actorName, at }) => {
        return { id, kind, memberId, unitId, minutes, number, exemption, reason, actorName, at };
      });
  }
}
