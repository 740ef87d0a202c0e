import { Injectable, Logger } from '@nestjs/common';
import { DatabaseError, ForeignKeyViolation, UnitOfWork, UniqueViolation, ValueRefused } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock, Outbox } from '@xuekao/platform';
import { AttemptClosing } from './attempt-closing.js';
import { AttemptSaving } from './attempt-saving.js';
import { AttemptStore, chunked } from './attempt.store.js';
import { ExamStore } from './exam.store.js';

const together = 100;
/** After the grace: a save that came in time to another process may still wait there for its commit. */
export const settlingMs = 500;
const firstPauseMs = 5000;
const longestPauseMs = 600_000;

interface Postponed {
  readonly tries: number;
  readonly retryAt: Instant;
}

/**
 * Takes in whose time is up, whatever became of their browsers. An attempt that cannot be marked holds up no other: it is
 * told of once as an event, each time in the log, and tried again after growing pauses.
 */
@Injectable()
export class AttemptSweep {
  private readonly logger = new Logger('exam');
  private readonly postponed = new Map<string, Postponed>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly closing: AttemptClosing,
    private readonly saving: AttemptSaving,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  /** How many it took in. Any process may sweep at any time. */
  async sweep(most = 5000): Promise<number> {
    const now = this.clock.now();
    const limit = most + this.postponed.size;
    const overdue = await this.attempts.overdue(now - settlingMs, limit);
    if (overdue.length < limit) this.forgetAllBut(new Set(overdue));
    const due = overdue.filter((id) => (this.postponed.get(id)?.retryAt ?? 0) <= now);
    if (due.length > 0) await this.saving.settled();
    let taken = 0;
    for (const ids of chunked(due, together)) taken += await this.take(ids);
    return taken;
  }

  /** In one transaction, and in ever smaller halves where that fails, so that few transactions find out whose fault it is. */
  private async take(ids: readonly string[]): Promise<number> {
    try {
      await this.closing.collectTogether(ids, 'deadline');
      return ids.length;
    } catch (error) {
      if (isEverybodys(error)) throw error;
      if (ids.length === 1) {
        await this.postpone(ids[0]!, error);
        return 0;
      }
      const half = Math.ceil(ids.length / 2);
      return (await this.take(ids.slice(0, half))) + (await this.take(ids.slice(half)));
    }
  }

  private async postpone(attemptId: string, error: unknown): Promise<void> {
    const tries = (this.postponed.get(attemptId)?.tries ?? 0) + 1;
    this.logger.error({ event: 'exam.attempt-not-collected', attemptId, tries, err: error });
    if (tries === 1) await this.tell(attemptId);
    const pauseMs = Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);
    this.postponed.set(attemptId, { tries, retryAt: this.clock.now() + pauseMs });
  }

  private async tell(attemptId: string): Promise<void> {
    const [attempt] = await this.attempts.byIds([attemptId]);
    if (!attempt) return;
    const { examId, memberId, deadlineAt } = attempt;
    const exam = await this.exams.byId(examId);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'exam.attempt.collect-failed',
        subjectType: 'exam-attempt',
        subjectId: attemptId,
        unitId: exam?.unitId ?? null,
        payload: { examId, memberId, deadlineAt },
      }),
    );
  }

  /** Somebody else has ended the others. */
  private forgetAllBut(overdue: ReadonlySet<string>): void {
    for (const id of this.postponed.keys()) if (!overdue.has(id)) this.postponed.delete(id);
  }
}

/** A busy, full or lost database is no attempt's fault: halves would fail as the whole did. */
function isEverybodys(error: unknown): boolean {
  const isOnes = [UniqueViolation, ForeignKeyViolation, ValueRefused].some((kind) => error instanceof kind);
  return error instanceof DatabaseError && !isOnes;
}
