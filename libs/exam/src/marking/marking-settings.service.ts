import { Injectable } from '@nestjs/common';
import type { MarkingRules, ReviewOptions } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { examplesOf, markChoice, optionsFrom, parseRules, reviewOptionsRefusal, sampleChoice } from '../core/index.js';
import type { Choice, Example, MarkingActs } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, allowed, decided } from '../exam.errors.js';
import { ExamActs } from './exam-act.js';
import { ExamMarking } from './exam-marking.js';
import { MarkingStore } from './marking.store.js';

export interface MarkingSettings {
  readonly exam: ExamRow;
  readonly revision: number;
  readonly rules: MarkingRules;
  readonly acts: MarkingActs;
  readonly review: ReviewOptions;
  /** Marks exist: rules change by a regrade only. */
  readonly isMarked: boolean;
}

export interface PolicyExamples {
  readonly full: number;
  /** In the order of the paper. */
  readonly optionIds: readonly string[];
  readonly correct: readonly string[];
  readonly examples: readonly Example[];
  /** By policy, then by example; hundredths. */
  readonly marks: readonly (readonly number[])[];
}

/** The rules an exam is marked by and what its members see afterwards. */
@Injectable()
export class MarkingSettingsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: MarkingStore,
    private readonly marking: ExamMarking,
    private readonly acts: ExamActs,
  ) {}

  async get(examId: string): Promise<MarkingSettings> {
    return this.settingsOf(await this.acts.permitted(examId, 'exam.read'));
  }

  /** Refuses 'exam.marking.use-regrade' once somebody has handed in: afterwards marks change by a regrade. */
  async setRules(examId: string, value: unknown): Promise<MarkingSettings> {
    return this.uow.run(async () => {
      const exam = await this.acts.permitted(examId);
      const row = await this.store.forUpdate(examId);
      if (await this.store.hasMarks(examId)) {
        throw new ExamRefused('exam.marking.use-regrade', { title: exam.title });
      }
      const rules = decided(parseRules(value, await this.marking.ruledItems(exam)));
      await this.store.change(examId, { rules, revision: row.revision + 1 });
      await this.acts.tell('exam.marking-rules.changed', exam, {});
      return this.settingsOf(exam);
    });
  }

  /** What policies for a multiple choice give for typical answers: to a question of the paper, else to a sample of 4 points. */
  async examples(examId: string, policies: readonly unknown[], number?: number): Promise<PolicyExamples> {
    const exam = await this.acts.permitted(examId);
    const choice = number === undefined ? sampleChoice : await this.choiceOf(exam, number);
    const { options, correct, full } = choice;
    const optionIds = [...options];
    const item = { number: number ?? 1, section: 1, marks: full, type: 'multiple', optionIds, blanks: 0 };
    const examples = examplesOf(choice);
    const marks = policies.map((multiple) => {
      const questions = { [String(item.number)]: { multiple } };
      const parsed = decided(parseRules({ exam: {}, sections: {}, questions }, [item]));
      const policy = parsed.questions[String(item.number)]!.multiple!;
      return examples.map(({ chosen }) => markChoice({ ...choice, chosen: new Set(chosen) }, policy));
    });
    return { full, optionIds, correct: [...correct], examples, marks };
  }

  private async choiceOf(exam: ExamRow, number: number): Promise<Omit<Choice, 'chosen'>> {
    const questions = await this.marking.questionsOf(exam, await this.marking.stateOf(exam.id));
    const question = questions.find((each) => each.number === number);
    if (question?.key.kind !== 'choice') throw new ExamRefused('exam.marking.no-such-question', { number });
    const options = new Set(movableOptions(question.body).map((option) => option.id));
    return { options, correct: new Set(question.key.optionIds), full: question.full };
  }

  /** At any time; it changes what is seen, never what is kept. */
  async setReview(examId: string, review: ReviewOptions): Promise<MarkingSettings> {
    return this.uow.run(async () => {
      const exam = await this.acts.permitted(examId);
      allowed(reviewOptionsRefusal(review));
      await this.store.forUpdate(examId);
      await this.store.change(examId, { review });
      await this.acts.tell('exam.review.changed', exam, {});
      return this.settingsOf(exam);
    });
  }

  private async settingsOf(exam: ExamRow): Promise<MarkingSettings> {
    const row = await this.store.of(exam.id);
    const state = { rules: row?.rules ?? null, acts: row?.acts ?? {} };
    return {
      exam,
      revision: row?.revision ?? 0,
      rules: this.marking.rulesOf(exam, state),
      acts: state.acts,
      review: row?.review ?? optionsFrom(exam.review),
      isMarked: await this.store.hasMarks(exam.id),
    };
  }
}
