import { crc32 } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AttemptStore } from '../attempt.store.js';
import { grouped } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamStore } from '../exam.store.js';
import { MarkingStore } from '../marking/marking.store.js';
import { PaperCache } from '../paper-cache.js';
import type { TakingPaper } from '../paper-cache.js';
import type { SheetRow } from './sheet.entity.js';
import { SheetStore } from './sheet.store.js';
import type { SheetAnswer, SheetMark } from './sheet.store.js';

const attemptsAtOnce = 200;

/** Keeps the sheets of an exam up with its marks. Safe to run any number of times. */
@Injectable()
export class SheetKeeper {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: SheetStore,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly marking: MarkingStore,
    private readonly papers: PaperCache,
  ) {}

  /** After attempts were handed in or marked; nothing where one still waits for a marker. */
  async keep(attemptIds: readonly string[]): Promise<void> {
    const marked = (await this.attempts.byIds(attemptIds)).filter(({ score }) => score !== null);
    for (const [examId, same] of grouped(marked, (attempt) => attempt.examId)) {
      const exam = await this.exams.byId(examId);
      const ids = same.map(({ id }) => id);
      if (exam) await this.write(exam, ids, await this.revisionOf(examId));
    }
  }

  /** Writes what is missing or was marked by older rules, and says by which revision all are now. */
  async complete(exam: ExamRow): Promise<number> {
    const revision = await this.revisionOf(exam.id);
    const current = await this.store.current(exam.id, revision);
    const stale = (await this.store.marked(exam.id)).filter(({ id }) => !current.has(id)).map(({ id }) => id);
    for (let from = 0; from < stale.length; from += attemptsAtOnce) {
      const ids = stale.slice(from, from + attemptsAtOnce);
      await this.write(exam, ids, revision);
    }
    return revision;
  }

  async revisionOf(examId: string): Promise<number> {
    return (await this.marking.of(examId))?.revision ?? 0;
  }

  /** Holds the attempts meanwhile: one that is given back or marked beside it would leave an old sheet behind. */
  private async write(exam: ExamRow, among: readonly string[], revision: number): Promise<void> {
    const paper = await this.papers.get(exam.paperId);
    await this.uow.run(async () => {
      const held = await this.attempts.byIdsForUpdate(among);
      const attemptIds = held.flatMap(({ id, state, score }) => (state === 'handed-in' && score !== null ? [id] : []));
      if (attemptIds.length === 0) return;
      const { marks, answers } = await this.store.sources(attemptIds);
      const marksOf = byAttempt(marks);
      const answersOf = byAttempt(answers);
      await this.store.replace(
        attemptIds.map((attemptId) => {
          const sheet = sheetOf(paper, marksOf.get(attemptId) ?? [], answersOf.get(attemptId) ?? []);
          const checksum = crc32(`${attemptId} ${JSON.stringify(sheet)}`) >>> 1;
          return { attemptId, examId: exam.id, revision, ...sheet, checksum };
        }),
      );
    });
  }
}

function byAttempt<T extends { readonly attemptId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.attemptId);
    if (group) group.push(row);
    else groups.set(row.attemptId, [row]);
  }
  return groups;
}

function sheetOf(
  paper: TakingPaper,
  marks: readonly SheetMark[],
  answers: readonly SheetAnswer[],
): Pick<SheetRow, 'marks' | 'fulls' | 'picks'> {
  const markOf = new Map(marks.map((mark) => [mark.number, mark]));
  const answerOf = new Map(answers.map((answer) => [answer.number, answer.content]));
  return {
    marks: paper.items.map(({ number }) => markOf.get(number)?.marks ?? 0),
    fulls: paper.items.map(({ number, marks: full }) => markOf.get(number)?.full ?? full),
    picks: paper.items.map(({ number }) => picksOf(paper.bodyOf(number), answerOf.get(number))),
  };
}

/** Options of the version in its own order; the bank allows far fewer than the 31 that fit. */
export function optionsOf(body: QuestionBody | undefined): readonly string[] {
  if (!body || !('options' in body) || body.type === 'ordering') return [];
  return body.options.slice(0, 31).map((option) => option.id);
}

function picksOf(body: QuestionBody | undefined, answer: AnswerContent | undefined): number {
  if (answer?.kind !== 'choice') return 0;
  return optionsOf(body).reduce((bits, id, k) => (answer.optionIds.includes(id) ? bits | (1 << k) : bits), 0);
}
