import type { Instant } from '@xuekao/kernel';

export interface NewJob {
  readonly name: string;
  readonly payload: unknown;
  /** Not before; now when absent. */
  readonly runAt?: Instant;
  /** At most one waiting job of a key: a second one replaces its payload and time. */
  readonly key?: string;
}

export type JobHandler = (payload: never) => Promise<void>;

/** Port: work for later. Enqueueing joins the caller's transaction; handlers run at least once and must be idempotent. */
export abstract class JobQueue {
  abstract enqueue(job: NewJob): Promise<void>;
  /** One handler per name, registered before the app has started. */
  abstract handle(name: string, handler: JobHandler): void;
  /** Runs all that is due now; resolves when nothing due is left. For tests and for shutdown. */
  abstract runDue(): Promise<void>;
}
