import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, Outbox } from '@xuekao/platform';
import type { AttemptRow } from './attempt.entity.js';
import { AttemptStore } from './attempt.store.js';
import { decide, graceMs } from './core/index.js';
import type { Attempt, AttemptEvent } from './core/index.js';
import { decided, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { AttemptActivity } from './invigilation/attempt-activity.js';
import { ExamMarking } from './marking/exam-marking.js';

/** The decisions' view of a stored attempt; `answers` may be only those that the command is about. */
export function attemptOf(
  row: Pick<AttemptRow, 'state' | 'startedAt' | 'deadlineAt' | 'endedAt' | 'endedBy' | 'writer'>,
  answers: Attempt['answers'] = new Map(),
): Attempt {
  const { state, startedAt, deadlineAt, endedAt, endedBy, writer } = row;
  return { state, startedAt, deadlineAt, endedAt, endedBy, writer, answers };
}

/** Ends attempts: marks by the rules of now, in the same commit; what a person must mark stays open. */
@Injectable()
export class AttemptClosing {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly marking: ExamMarking,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
    private readonly activity: AttemptActivity,
  ) {}

  /** Takes in whose time is up, whatever became of their browsers; how many it found. Any process may sweep at any time. */
  async sweep(most = 500): Promise<number> {
    const ids = await this.attempts.overdue(this.clock.now() - graceMs, most);
    for (const id of ids) await this.collect(id, 'deadline');
    return ids.length;
  }

  /** Ends the attempt if its time is up. Safe to call any number of times. */
  async collect(attemptId: string, by: 'deadline' | 'organiser'): Promise<void> {
    await this.uow.run(async () => {
      const row = await this.attempts.byIdForUpdate(attemptId);
      if (!row) return;
      const events = decided(decide(attemptOf(row), { kind: 'collect', by }, () => undefined, this.clock.now()));
      const [ended] = events;
      if (ended?.kind === 'ended') await this.end(row, ended);
    });
  }

  /** Inside a transaction that holds the attempt. */
  async end(row: AttemptRow, { at, by }: Extract<AttemptEvent, { kind: 'ended' }>): Promise<AttemptRow> {
    const exam = found(await this.exams.byId(row.examId));
    const sheet = await this.marking.sheetOf(row.id, exam);
    await this.attempts.addMarks(
      sheet.marks.map(({ answered, ...mark }) => ({ ...mark, attemptId: row.id, isAnswered: answered })),
    );
    const { raw, full, score } = sheet;
    const change = { state: 'handed-in', endedAt: at, endedBy: by, raw, full, score } as const;
    await this.attempts.change(row.id, change);
    await this.outbox.add({
      type: 'exam.attempt.handed-in',
      subjectType: 'exam-attempt',
      subjectId: row.id,
      unitId: exam.unitId,
      payload: { examId: exam.id, memberId: row.memberId, endedBy: by, endedAt: at, score },
    });
    this.uow.afterCommit(() => this.activity.touch(exam.id, row.id));
    return { ...row, ...change };
  }
}
