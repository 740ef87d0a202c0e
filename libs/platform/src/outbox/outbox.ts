import { Injectable } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { AppClock } from '../clock.js';
import { currentActorOrNull } from '../context.js';
import type { Actor } from '../context.js';
import { WakeSignal } from '../wake-signal.js';
import { OutboxEventRow } from './outbox.entity.js';

export interface NewEvent {
  /** Past tense and dotted: `exam.attempt.handed-in`. */
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** The unit whose scope covers the event. */
  readonly unitId?: string | null;
  readonly payload: unknown;
  /** Why a person did it, where the act asks for a reason. */
  readonly reason?: string;
  /** Who did it, where acts of several people commit together; the running request's actor otherwise. */
  readonly actor?: Actor;
}

/** Events commit together with the state they tell of. */
export abstract class Outbox {
  /** Call inside `UnitOfWork.run`; the actor and the time are added. */
  abstract add(event: NewEvent): Promise<void>;
  /** As {@link add}, of many in few statements. */
  abstract addAll(events: readonly NewEvent[]): Promise<void>;
}

@Injectable()
export class StoredOutbox extends Outbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
    private readonly signal: WakeSignal,
  ) {
    super();
  }

  add(event: NewEvent): Promise<void> {
    return this.addAll([event]);
  }

  async addAll(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    if (!this.uow.isOpen) throw new Error(`Event ${events[0]!.type} outside a transaction`);
    const at = this.clock.now();
    await insertRows(
      this.uow,
      OutboxEventRow,
      events.map((event) => rowOf(event, at)),
    );
    this.uow.afterCommit(() => this.signal.send('outbox'));
  }
}

function rowOf(event: NewEvent, at: Instant): OutboxEventRow {
  const actor = event.actor ?? currentActorOrNull();
  return {
    id: newId(),
    type: event.type,
    subjectType: event.subjectType,
    subjectId: event.subjectId,
    unitId: event.unitId ?? null,
    actorAccountId: actor?.accountId ?? null,
    actorMemberId: actor?.memberId ?? null,
    actorName: actor?.name ?? null,
    reason: event.reason ?? null,
    payload: event.payload ?? {},
    at,
    deliveredAt: null,
    attempts: 0,
    retryAt: at,
  };
}
