import { Injectable } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { AppClock } from '../clock.js';
import { currentActorOrNull } from '../context.js';
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
}

/** Events commit together with the state they tell of. */
export abstract class Outbox {
  /** Call inside `UnitOfWork.run`; the actor and the time are added. */
  abstract add(event: NewEvent): Promise<void>;
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

  async add(event: NewEvent): Promise<void> {
    if (!this.uow.isOpen) throw new Error(`Event ${event.type} outside a transaction`);
    const actor = currentActorOrNull();
    const at = this.clock.now();
    await insertRows(this.uow, OutboxEventRow, [
      {
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
      },
    ]);
    this.uow.afterCommit(() => this.signal.send('outbox'));
  }
}
