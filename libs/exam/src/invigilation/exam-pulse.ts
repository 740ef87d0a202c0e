import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { WakeSignal } from '@xuekao/platform';
import { DayStore } from './day.store.js';

/** Says, in every process, that an organiser changed something of an exam. */
@Injectable()
export class ExamPulse {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: DayStore,
    private readonly signal: WakeSignal,
  ) {}

  /** Inside the transaction of the change. */
  async beat(examId: string): Promise<void> {
    await this.store.beat(examId);
    this.uow.afterCommit(() => this.signal.send('exams'));
  }
}
