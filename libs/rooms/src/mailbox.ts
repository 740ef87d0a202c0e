import type { RoomReceipt } from '@xuekao/contracts';
import type { Instant, Refusal } from '@xuekao/kernel';
import type { RoomCommand } from './host-needs.js';

/** A command that has come and is not answered yet. */
export interface Waiting extends RoomCommand {
  readonly at: Instant;
  /** It must not wait for company. */
  readonly isUrgent: boolean;
  readonly resolve: (reply: RoomReceipt | Refusal) => void;
  readonly reject: (error: Error) => void;
}

/** Commands of one room in order of arrival, with a lane for those that must not wait. */
export class Mailbox {
  private waiting: Waiting[] = [];
  private urgent = 0;

  get size(): number {
    return this.waiting.length;
  }

  get oldestAt(): Instant | null {
    return this.waiting[0]?.at ?? null;
  }

  get hasUrgent(): boolean {
    return this.urgent > 0;
  }

  push(waiting: Waiting): void {
    this.waiting.push(waiting);
    if (waiting.isUrgent) this.urgent += 1;
  }

  /** The oldest commands; where they are too many, the urgent ones go before the others. Always in order of arrival. */
  next(most: number): Waiting[] {
    if (this.urgent === 0 || this.waiting.length <= most) {
      this.urgent = 0;
      return this.waiting.splice(0, most);
    }
    const chosen = new Set([...this.waiting.filter((each) => each.isUrgent), ...this.waiting].slice(0, most));
    const batch = this.waiting.filter((each) => chosen.has(each));
    this.waiting = this.waiting.filter((each) => !chosen.has(each));
    this.urgent -= batch.filter((each) => each.isUrgent).length;
    return batch;
  }

  takeAll(): Waiting[] {
    this.urgent = 0;
    return this.waiting.splice(0);
  }
}
