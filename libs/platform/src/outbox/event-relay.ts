import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { forUpdateSkipLocked, insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import { In } from 'typeorm';
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
  /** As {@link handle} for several events in their order, where that costs less than one by one. */
  handleAll?(events: readonly DomainEvent[]): Promise<void>;
}

export abstract class EventRelay {
  abstract subscribe(subscriber: Subscriber): void;
  /** Says that there may be something to deliver. */
  abstract wake(): void;
  /** Delivers all that is due, after what this process is delivering; resolves when nothing is left or all that is left failed. */
  abstract drain(): Promise<void>;
}

const batch = 100;
/** Events of one transaction: a durable commit costs as much as all of them, and writers wait no longer than for these. */
const together = 20;
const pollMs = 1000;
/** Pause while events keep coming: then they come together, and the work that makes them is not slowed by commits. */
const crowdMs = 100;

/**
 * Delivers outbox rows to every subscriber, at least once by reading and exactly once by the delivery mark, so any number
 * of processes may run it. New events go together, in one transaction; where that fails each goes alone, so that a failing
 * handler is retried with growing pauses and holds up nobody else.
 */
@Injectable()
export class OutboxRelay extends EventRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('outbox');
  private readonly subscribers: Subscriber[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private draining: Promise<unknown> = Promise.resolve();
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
      if (this.isAwake && !this.isStopped) await pause(crowdMs);
    }
  }

  drain(): Promise<void> {
    const drained = this.draining.then(() => this.drainNow());
    this.draining = drained.catch(() => undefined);
    return drained;
  }

  private async drainNow(): Promise<void> {
    for (;;) {
      const events = await this.due();
      const fresh = events.filter(({ attempts }) => attempts === 0);
      let taken = events.length - fresh.length;
      for (const event of events) if (event.attempts > 0) await this.deliver(event);
      for (let start = 0; start < fresh.length; start += together) {
        taken += await this.deliverAll(fresh.slice(start, start + together));
      }
      // Where another process has them all, it is no use to look at them again and again.
      if (events.length < batch || taken === 0) return;
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

  /** How many of them were this process's to deliver. */
  private async deliverAll(events: readonly OutboxEventRow[]): Promise<number> {
    try {
      if (events.length > 1) return await this.deliverTogether(events);
    } catch {
      // Whichever of them it was fails again below, alone, and is told of there.
    }
    for (const event of events) await this.deliver(event);
    return events.length;
  }

  private deliverTogether(events: readonly OutboxEventRow[]): Promise<number> {
    return this.uow.run(async () => {
      const held = await this.hold(events);
      for (const subscriber of this.subscribers) {
        const wanted = held.filter((event) => isWanted(subscriber, event));
        if (wanted.length === 0) continue;
        const marks = wanted.map(({ id }) => ({ eventId: id, subscriber: subscriber.name, at: this.clock.now() }));
        await insertRows(this.uow, EventDeliveryRow, marks);
        await handleAll(subscriber, wanted);
      }
      if (held.length > 0) await this.change(held, { deliveredAt: this.clock.now() });
      return held.length;
    });
  }

  /** Those that nobody has delivered or is delivering, until the end of the transaction. */
  private async hold(events: readonly OutboxEventRow[]): Promise<OutboxEventRow[]> {
    const query = this.uow.manager
      .createQueryBuilder(OutboxEventRow, 'event')
      .select('event.id')
      .where({ id: In(events.map(({ id }) => id)) })
      .andWhere('event.deliveredAt IS NULL AND event.attempts = 0');
    const held = new Set((await forUpdateSkipLocked(query, this.uow).getMany()).map(({ id }) => id));
    return events.filter(({ id }) => held.has(id));
  }

  private async change(events: readonly OutboxEventRow[], change: Partial<OutboxEventRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(OutboxEventRow)
      .set(change as never)
      .where({ id: In(events.map(({ id }) => id)) })
      .execute();
  }

  private async deliver(event: OutboxEventRow): Promise<void> {
    let failures = 0;
    for (const subscriber of this.subscribers) {
      if (!isWanted(subscriber, event)) continue;
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
    await this.uow.run(() => this.change([event], change));
  }

  private deliverTo(subscriber: Subscriber, event: OutboxEventRow): Promise<void> {
    const work = async (): Promise<void> => {
      const mark = { eventId: event.id, subscriber: subscriber.name, at: this.clock.now() };
      if ((await insertIgnore(this.uow, EventDeliveryRow, mark)) === 1) await subscriber.handle(event);
    };
    return runAs(null, () => this.uow.run(work), event.id);
  }
}

function isWanted({ types }: Subscriber, { type }: DomainEvent): boolean {
  return types.includes('*') || types.includes(type);
}

async function handleAll(subscriber: Subscriber, events: readonly DomainEvent[]): Promise<void> {
  if (subscriber.handleAll) return runAs(null, () => subscriber.handleAll!(events), events[0]!.id);
  for (const event of events) await runAs(null, () => subscriber.handle(event), event.id);
}
