import { Injectable } from '@nestjs/common';
import type { Page } from '@xuekao/contracts';
import { decodeCursor, toPage } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';
import type { ExamRow, RosterRow } from '../exam.entity.js';
import { found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { AppealStore } from '../marking/appeal.store.js';
import { ExamActs } from '../marking/exam-act.js';
import type { AppealRow } from '../marking/marking.entity.js';
import { ScriptStore } from '../marking/script.store.js';
import type { RegradeFlipRow, RegradeRow, RegradedAttempt } from './regrade.entity.js';
import { RegradeStore } from './regrade.store.js';

export type Named<T> = T & { readonly place: RosterRow | undefined };

export interface RegradeView {
  readonly run: RegradeRow;
  readonly exam: ExamRow;
  /** 应考: on the roster without an exemption. */
  readonly due: number;
  readonly flips: readonly Named<RegradeFlipRow>[];
  readonly appeals: readonly Named<AppealRow>[];
}

/** Runs with names, for who organises the exam. */
@Injectable()
export class RegradeQuery {
  constructor(
    private readonly runs: RegradeStore,
    private readonly exams: ExamStore,
    private readonly scripts: ScriptStore,
    private readonly appeals: AppealStore,
    private readonly acts: ExamActs,
  ) {}

  async list(examId: string): Promise<RegradeRow[]> {
    await this.acts.permitted(examId);
    return this.runs.ofExam(examId);
  }

  async get(runId: string): Promise<RegradeView> {
    const run = found(await this.runs.byId(runId));
    const exam = await this.acts.permitted(run.examId);
    const roster = await this.exams.roster(exam.id);
    const placeOf = new Map(roster.map((place) => [place.memberId, place]));
    const flips = (await this.runs.flips(runId)).map((flip) => ({ ...flip, place: placeOf.get(flip.memberId) }));
    const appeals = (await this.appealsOf(run)).map((appeal) => ({ ...appeal, place: placeOf.get(appeal.memberId) }));
    return { run, exam, appeals, due: roster.filter((place) => place.exemption === null).length, flips };
  }

  private async appealsOf({ id, examId, appealId }: RegradeRow): Promise<AppealRow[]> {
    const taken = (await this.scripts.scriptsOf(examId)).filter((script) => script.runId === id);
    const isTaken = (appeal: AppealRow): boolean =>
      taken.some(({ attemptId, number }) => attemptId === appeal.attemptId && number === appeal.number);
    return (await this.appeals.ofExam(examId)).filter((appeal) => appeal.id === appealId || isTaken(appeal));
  }

  /** Every changed mark, by attempt. */
  async changes(runId: string, { cursor, limit }: PageQuery): Promise<Page<Named<RegradedAttempt>>> {
    const run = found(await this.runs.byId(runId));
    await this.acts.permitted(run.examId);
    const [after] = decodeCursor(cursor) ?? [];
    const rows = await this.runs.attemptsPage(runId, limit, typeof after === 'string' ? after : undefined);
    const placeOf = new Map((await this.exams.roster(run.examId)).map((place) => [place.memberId, place]));
    const page = toPage(rows, limit, run.changedAttempts, (last) => [last.attemptId]);
    return { ...page, items: page.items.map((row) => ({ ...row, place: placeOf.get(row.memberId) })) };
  }
}
