import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { insertIgnore, UnitOfWork } from '@xuekao/database';
import { AppClock } from '../clock.js';
import { runAs } from '../context.js';
import { WakeSignal } from '../wake-signal.js';
import { EventDeliveryRow, OutboxEventRow } from './outbox.entity.js';

/** An event as its subscribers get it: what `Outbox.add` was given, who did it and when. */
export interface DomainEvent {
  readonly id: string;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly unitId: string | null;
  readonly actorAccountId: string | null;
  readonly actorMemberId: string | null;
  readonly actorName: string | null;
  readonly reason: string | null;
  readonly payload: unknown;
  readonly at: number;
}

export interface Subscriber {
  /** Stable name; a renamed subscriber gets nothing twice only by its own care. */
  readonly name: string;
  /** Types wanted; `*` is every event. */
  readonly types: readonly string[];
  /** Runs in one transaction with its delivery mark, so its database effects happen once. */
  handle(event: DomainEvent): Promise<void>;
}

export abstract class EventRelay {
  abstract subscribe(subscriber: Subscriber): void;
  /** Says that there may be something to deliver. */
  abstract wake(): void;
  /** Delivers all that is due; resolves when nothing is left or all that is left failed. */
  abstract drain(): Promise<void>;
}

const batch = 100;
const pollMs = 1000;

/**
 * Delivers outbox rows to every subscriber, at least once by reading and exactly once by the delivery mark, so any number
 * of processes may run it. A failing handler is retried with growing pauses and holds up nobody else.
 */
@Injectable()
export class OutboxRelay extends EventRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('outbox');
  private readonly subscribers: Subscriber[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isAwake = false;
  private isStopped = false;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
    private readonly signal: WakeSignal,
  ) {
    super();
  }

  subscribe(subscriber: Subscriber): void {
    if (this.subscribers.some((each) => each.name === subscriber.name)) {
      throw new Error(`Subscriber ${subscriber.name} is there already`);
    }
    this.subscribers.push(subscriber);
  }

  onApplicationBootstrap(): void {
    if (this.subscribers.length === 0) return;
    this.timer = setInterval(() => this.wake(), pollMs);
    this.timer.unref();
    this.signal.on('outbox', () => this.wake());
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  wake(): void {
    if (this.isStopped || !this.timer) return;
    this.isAwake = true;
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
    });
  }

  private async loop(): Promise<void> {
    while (this.isAwake && !this.isStopped) {
      this.isAwake = false;
      try {
        await this.drain();
      } catch (error) {
        this.logger.error({ event: 'outbox.drain-failed', err: error });
      }
    }
  }

  async drain(): Promise<void> {
    for (;;) {
      const events = await this.due();
      if (events.length === 0) return;
      for (const event of events) await this.deliver(event);
      if (events.length < batch) return;
    }
  }

  private due(): Promise<OutboxEventRow[]> {
    return this.uow.manager
      .createQueryBuilder(OutboxEventRow, 'event')
      .where('event.deliveredAt IS NULL AND event.retryAt <= :now', { now: this.clock.now() })
      .orderBy('event.id')
      .limit(batch)
      .getMany();
  }

  private async deliver(event: OutboxEventRow): Promise<void> {
    let failures = 0;
    for (const subscriber of this.subscribers) {
      if (!subscriber.types.includes('*') && !subscriber.types.includes(event.type)) continue;
      try {
        await this.deliverTo(subscriber, event);
      } catch (error) {
        failures += 1;
        this.logger.error({
          event: 'outbox.handler-failed',
          subscriber: subscriber.name,
          eventId: event.id,
          err: error,
        });
      }
    }
    const now = this.clock.now();
    const change =
      failures === 0
        ? { deliveredAt: now }
        : { attempts: event.attempts + 1, retryAt: now + Math.min(1000 * 2 ** event.attempts, 600_000) };
    await this.uow.run(() =>
      this.uow.manager.createQueryBuilder().update(OutboxEventRow).set(change).where({ id: event.id }).execute(),
    );
  }

  private deliverTo(subscriber: Subscriber, event: OutboxEventRow): Promise<void> {
    const work = async (): Promise<void> => {
      const mark = { eventId: event.id, subscriber: subscriber.name, at: this.clock.now() };
      if ((await insertIgnore(this.uow, EventDeliveryRow, mark)) === 1) await subscriber.handle(event);
    };
    return runAs(null, () => this.uow.run(work), event.id);
  }
}
