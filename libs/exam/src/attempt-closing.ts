import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, Outbox } from '@xuekao/platform';
import type { NewEvent } from '@xuekao/platform';
import type { AttemptRow, MarkRow } from './attempt.entity.js';
import { AttemptStore, chunked } from './attempt.store.js';
import type { AttemptSummary } from './attempt.store.js';
import { decide, grouped } from './core/index.js';
import type { Attempt, AttemptEvent, ScoreSheet } from './core/index.js';
import type { ExamRow } from './exam.entity.js';
import { decided, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { AttemptActivity } from './invigilation/attempt-activity.js';
import { ExamMarking } from './marking/exam-marking.js';

type Ended = Extract<AttemptEvent, { kind: 'ended' }>;

interface Ending<Row extends AttemptSummary> {
  readonly row: Row;
  readonly ended: Ended;
}

/** The decisions' view of a stored attempt; `answers` may be only those that the command is about. */
export function attemptOf(
  row: Pick<AttemptRow, 'state' | 'startedAt' | 'deadlineAt' | 'endedAt' | 'endedBy' | 'writer'>,
  { graceMs }: Pick<ExamRow, 'graceMs'>,
  answers: Attempt['answers'] = new Map(),
): Attempt {
  const { state, startedAt, deadlineAt, endedAt, endedBy, writer } = row;
  return { state, startedAt, deadlineAt, graceMs, endedAt, endedBy, writer, answers };
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

  /** Ends the attempt if its time is up. Safe to call any number of times. */
  async collect(attemptId: string, by: 'deadline' | 'organiser'): Promise<void> {
    await this.collectAll([attemptId], by);
  }

  /** As {@link collect}, a hundred in one transaction: saves go on between them. */
  async collectAll(attemptIds: readonly string[], by: 'deadline' | 'organiser', atOnce = 100): Promise<void> {
    for (const ids of chunked(attemptIds, atOnce)) await this.collectTogether(ids, by);
  }

  /** As {@link collect}, all or none. */
  async collectTogether(attemptIds: readonly string[], by: 'deadline' | 'organiser'): Promise<void> {
    await this.uow.run(() => this.collectSome(attemptIds, by));
  }

  private async collectSome(ids: readonly string[], by: 'deadline' | 'organiser'): Promise<void> {
    const now = this.clock.now();
    const rows = await this.attempts.byIdsForUpdate(ids);
    const exams = await this.exams.byIds([...new Set(rows.map(({ examId }) => examId))]);
    const examOf = new Map(exams.map((exam) => [exam.id, exam]));
    const endings = rows.flatMap((row): Ending<AttemptSummary>[] => {
      const [ended] = decided(
        decide(attemptOf(row, examOf.get(row.examId)!), { kind: 'collect', by }, () => undefined, now),
      );
      return ended?.kind === 'ended' ? [{ row, ended }] : [];
    });
    for (const [examId, same] of grouped(endings, ({ row }) => row.examId)) await this.endOf(examId, same);
  }

  /** Inside a transaction that holds the attempt. */
  async end(row: AttemptRow, ended: Ended): Promise<AttemptRow> {
    const [after] = await this.endOf(row.examId, [{ row, ended }]);
    return after!;
  }

  private async endOf<Row extends AttemptSummary>(examId: string, endings: readonly Ending<Row>[]): Promise<Row[]> {
    const exam = found(await this.exams.byId(examId));
    const sheets = await this.marking.sheetsOf(
      endings.map(({ row }) => row.id),
      exam,
    );
    const after = endings.map(({ row, ended: { at, by } }): Row => {
      const { raw, full, score } = sheets.get(row.id)!;
      return { ...row, state: 'handed-in', endedAt: at, endedBy: by, raw, full, score };
    });
    await this.attempts.addMarks([...sheets].flatMap(([attemptId, sheet]) => markRows(attemptId, sheet)));
    for (const [by, same] of grouped(after, (row) => row.endedBy)) await this.attempts.endAll(same, by);
    await this.outbox.addAll(after.map((row) => handedIn(exam, row)));
    this.uow.afterCommit(() => {
      for (const { id } of after) this.activity.touch(examId, id);
    });
    return after;
  }
}

function markRows(attemptId: string, { marks }: ScoreSheet): MarkRow[] {
  return marks.map(({ answered, ...mark }) => ({ ...mark, attemptId, isAnswered: answered }));
}

function handedIn(exam: ExamRow, { id, memberId, endedBy, endedAt, score }: AttemptSummary): NewEvent {
  return {
    type: 'exam.attempt.handed-in',
    subjectType: 'exam-attempt',
    subjectId: id,
    unitId: exam.unitId,
    payload: { examId: exam.id, memberId, endedBy, endedAt, score },
  };
}
