import { Injectable } from '@nestjs/common';
import { QuestionSource, blankMatches } from '@xuekao/bank';
import { UnitOfWork } from '@xuekao/database';
import { hundredths } from '@xuekao/kernel';
import { AppClock, Outbox } from '@xuekao/platform';
import type { AttemptRow } from './attempt.entity.js';
import { AttemptStore } from './attempt.store.js';
import { decide, grade, graceMs } from './core/index.js';
import type { Attempt, AttemptEvent, GradedQuestion, ScoreSheet } from './core/index.js';
import type { ExamRow } from './exam.entity.js';
import { decided, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { PaperCache } from './paper-cache.js';

/** The decisions' view of a stored attempt; `answers` may be only those that the command is about. */
export function attemptOf(
  row: Pick<AttemptRow, 'state' | 'startedAt' | 'deadlineAt' | 'endedAt' | 'endedBy' | 'writer'>,
  answers: Attempt['answers'] = new Map(),
): Attempt {
  const { state, startedAt, deadlineAt, endedAt, endedBy, writer } = row;
  return { state, startedAt, deadlineAt, endedAt, endedBy, writer, answers };
}

/** Ends attempts: marks from the pinned versions, in the same commit. */
@Injectable()
export class AttemptClosing {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly papers: PaperCache,
    private readonly questions: QuestionSource,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
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
    const sheet = await this.markedSheet(row, exam);
    await this.attempts.addMarks(
      sheet.marks.map(({ number, marks, full, answered }) => ({
        attemptId: row.id,
        number,
        marks,
        full,
        isAnswered: answered,
      })),
    );
    const change = { state: 'handed-in', endedAt: at, endedBy: by, raw: sheet.raw, score: sheet.score } as const;
    await this.attempts.change(row.id, change);
    await this.outbox.add({
      type: 'exam.attempt.handed-in',
      subjectType: 'exam-attempt',
      subjectId: row.id,
      unitId: exam.unitId,
      payload: { examId: exam.id, memberId: row.memberId, endedBy: by, endedAt: at, score: sheet.score },
    });
    return { ...row, ...change };
  }

  private async markedSheet(row: AttemptRow, exam: ExamRow): Promise<ScoreSheet> {
    const paper = await this.papers.get(exam.paperId);
    const keyed = await this.questions.withKeys(paper.items.map((item) => item.versionId));
    const questions = paper.items.map(({ number, versionId, marks }): GradedQuestion => {
      const question = keyed.get(versionId);
      if (!question) throw new Error(`Version ${versionId} of question ${number} has lost its key`);
      return { number, body: question.body, key: question.key, full: hundredths(marks) };
    });
    const answers = new Map((await this.attempts.answersOf(row.id)).map(({ number, content }) => [number, content]));
    return grade(questions, answers, { kind: exam.multiplePolicy }, blankMatches);
  }
}
