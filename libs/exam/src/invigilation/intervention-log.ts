import { Injectable } from '@nestjs/common';
import type { InterventionKind } from '@xuekao/contracts';
import { newId } from '@xuekao/kernel';
import { AppClock, Outbox, currentActor } from '@xuekao/platform';
import type { ExamRow } from '../exam.entity.js';
import { DayStore } from './day.store.js';
import { ExamPulse } from './exam-pulse.js';

/** Whom an act is for: one person, a unit with all below it, or everybody. */
export interface Target {
  readonly memberId?: string | undefined;
  readonly unitId?: string | undefined;
}

interface Act extends Target {
  readonly kind: InterventionKind;
  readonly reason: string;
  readonly minutes?: number;
  readonly number?: number;
  readonly exemption?: string | null;
}

const eventOf: Readonly<Record<InterventionKind, string>> = {
  extend: 'exam.extended',
  reopen: 'exam.attempt.reopened',
  collect: 'exam.collected',
  exempt: 'exam.exempted',
  readmit: 'exam.readmitted',
  void: 'exam.question.voided',
  'give-all': 'exam.question.given',
  restore: 'exam.question.restored',
};

/** Writes down what an organiser did, wakes the running clients and tells the others. Inside the act's transaction. */
@Injectable()
export class InterventionLog {
  constructor(
    private readonly store: DayStore,
    private readonly pulse: ExamPulse,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async note(exam: ExamRow, { kind, reason, minutes, number, exemption, memberId, unitId }: Act): Promise<void> {
    const { accountId, name } = currentActor();
    const facts = { minutes: minutes ?? null, memberId: memberId ?? null, unitId: unitId ?? null };
    await this.store.addIntervention({
      id: newId(),
      examId: exam.id,
      kind,
      ...facts,
      number: number ?? null,
      exemption: exemption ?? null,
      reason,
      actorId: accountId,
      actorName: name,
      at: this.clock.now(),
    });
    await this.pulse.beat(exam.id);
    const more = { ...(exemption ? { exemption } : {}), ...(number === undefined ? {} : { number }) };
    await this.outbox.add({
      type: eventOf[kind],
      subjectType: 'exam',
      subjectId: exam.id,
      unitId: exam.unitId,
      payload: { title: exam.title, level: exam.level, ...facts, ...more },
      reason,
    });
  }
}
