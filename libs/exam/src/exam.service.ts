import { Injectable } from '@nestjs/common';
import type { AttemptPolicy, ExamBook, ExamLevel, MultiplePolicy, ReviewPolicy } from '@xuekao/contracts';
import { examStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, periodOf } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock, AppConfig, Outbox, currentActor } from '@xuekao/platform';
import { termsRefusal, usualGraceMs } from './core/index.js';
import type { Blueprint } from './core/index.js';
import type { ExamRow } from './exam.entity.js';
import { ExamRefused, allowed, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { PaperService } from './paper.service.js';
import type { PaperPlan } from './paper.service.js';

export interface ExamInput {
  readonly title: string;
  readonly unitId: string;
  readonly level: ExamLevel;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly limitMinutes: number;
  /** Hundredths on the scale of 100; 80 and 90 when absent, and of an edit what they were, as of all that follows. */
  readonly passLine?: number;
  readonly excellentLine?: number;
  readonly attempts?: number;
  /** 10 seconds when absent. */
  readonly graceMs?: number;
  /** Which attempt counts; the best when absent. */
  readonly attemptPolicy?: AttemptPolicy;
  readonly review?: ReviewPolicy;
  readonly book?: ExamBook;
  readonly rules?: string;
  readonly multiplePolicy?: MultiplePolicy;
  readonly shuffleQuestions?: boolean;
  readonly shuffleOptions?: boolean;
  readonly makeUpOf?: string;
}

export const usualPassLine = 8000;
export const usualExcellentLine = 9000;

const usualTerms = {
  passLine: usualPassLine,
  excellentLine: usualExcellentLine,
  attempts: 1,
  graceMs: usualGraceMs,
  attemptPolicy: 'best',
  review: 'after-close',
  book: 'closed',
  multiplePolicy: 'all-or-nothing',
  shuffleQuestions: true,
  shuffleOptions: true,
  makeUpOf: null,
} as const satisfies Partial<ExamRow>;
type UsualTerms = Pick<ExamRow, keyof typeof usualTerms>;

/** Exams before they are published. Afterwards see `ExamRunService`. */
@Injectable()
export class ExamService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ExamStore,
    private readonly papers: PaperService,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly outbox: Outbox,
  ) {}

  createWithDraw(input: ExamInput, blueprint: Blueprint, seed?: string): Promise<ExamRow> {
    return this.create(input, seed === undefined ? { kind: 'draw', blueprint } : { kind: 'draw', blueprint, seed });
  }

  /** A draft with its paper. */
  async create(input: ExamInput, plan: PaperPlan): Promise<ExamRow> {
    return this.uow.run(async () => {
      await this.access.require('exam.manage', input.unitId);
      const terms = await this.termsOf(input);
      const paper = await this.papers.make(plan);
      const exam: ExamRow = {
        id: newId(),
        ...terms,
        paperId: paper.id,
        extraMs: 0,
        state: 'draft',
        authorId: currentActor().accountId,
        createdAt: this.clock.now(),
        publishedAt: null,
        closedAt: null,
        version: 1,
      };
      await this.store.add(exam);
      await this.tell('exam.created', exam, {});
      return exam;
    });
  }

  /** Changes a draft; a plan makes a new paper for it. A term that is not said stays, but rules: without them there are none. */
  async edit(id: string, version: number, input: ExamInput, plan?: PaperPlan): Promise<ExamRow> {
    return this.uow.run(async () => {
      const before = await this.managed(id);
      if (before.state !== 'draft') {
        throw new ExamRefused('exam.not-draft', { title: before.title, state: examStates[before.state] });
      }
      await this.access.require('exam.manage', input.unitId);
      const terms = await this.termsOf(input, before);
      const change = { ...terms, paperId: plan ? (await this.papers.make(plan)).id : before.paperId };
      if (!(await this.store.change(id, version, change))) throw new ExamRefused('resource.conflict');
      const exam = { ...before, ...change, version: version + 1 };
      await this.tell('exam.edited', exam, {});
      return exam;
    });
  }

  /** What the input leaves out stays as it was before. */
  private async termsOf(input: ExamInput, before: UsualTerms = usualTerms) {
    const { opensAt, closesAt, limitMinutes } = input;
    const makeUpOf = input.makeUpOf ?? before.makeUpOf;
    const passLine = input.passLine ?? before.passLine;
    const excellentLine = input.excellentLine ?? Math.max(passLine, before.excellentLine);
    const graceMs = input.graceMs ?? before.graceMs;
    allowed(termsRefusal({ opensAt, closesAt, limitMinutes, graceMs, passLine, excellentLine }));
    if (makeUpOf !== null) {
      const first = await this.store.byId(makeUpOf);
      const fits = first && first.unitId === input.unitId && first.makeUpOf === null && first.state !== 'draft';
      if (!fits) throw new ExamRefused('exam.make-up-invalid', { makeUpOf });
    }
    return {
      title: input.title.trim(),
      unitId: input.unitId,
      level: input.level,
      opensAt,
      closesAt,
      limitMinutes,
      graceMs,
      passLine,
      excellentLine,
      attempts: input.attempts ?? before.attempts,
      attemptPolicy: input.attemptPolicy ?? before.attemptPolicy,
      review: input.review ?? before.review,
      book: input.book ?? before.book,
      rules: input.rules?.trim() || null,
      multiplePolicy: input.multiplePolicy ?? before.multiplePolicy,
      shuffleQuestions: input.shuffleQuestions ?? before.shuffleQuestions,
      shuffleOptions: input.shuffleOptions ?? before.shuffleOptions,
      makeUpOf,
      ...periodOf(opensAt, this.config.zone),
    };
  }

  private async managed(id: string): Promise<ExamRow> {
    const exam = found(await this.store.byIdForUpdate(id));
    await this.access.require('exam.manage', exam.unitId);
    return exam;
  }

  private tell(type: string, exam: ExamRow, payload: object): Promise<void> {
    const subject = { type, subjectType: 'exam', subjectId: exam.id, unitId: exam.unitId };
    return this.outbox.add({ ...subject, payload: { title: exam.title, level: exam.level, ...payload } });
  }
}
