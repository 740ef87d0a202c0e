import { Injectable } from '@nestjs/common';
import { QuestionSource, blankMatches } from '@xuekao/bank';
import type { KeyedQuestion } from '@xuekao/bank';
import type { MarkingRules } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import { AttemptStore } from '../attempt.store.js';
import { grade, policiesOf, rulesFrom } from '../core/index.js';
import type { GradedQuestion, MarkingState, RuledItem, ScoreSheet } from '../core/index.js';
import type { ExamRow, PaperItemRow } from '../exam.entity.js';
import { PaperCache } from '../paper-cache.js';
import { MarkingStore } from './marking.store.js';

const kept = 40;
const untouched: MarkingState = { rules: null, acts: {} };

/** How an exam is marked now: its rules, and what was decided for single questions. */
@Injectable()
export class ExamMarking {
  private readonly keyed = new Map<string, ReadonlyMap<string, KeyedQuestion>>();

  constructor(
    private readonly store: MarkingStore,
    private readonly papers: PaperCache,
    private readonly questions: QuestionSource,
    private readonly attempts: AttemptStore,
  ) {}

  async stateOf(examId: string): Promise<MarkingState> {
    const row = await this.store.of(examId);
    return row ? { rules: row.rules, acts: row.acts } : untouched;
  }

  rulesOf(exam: ExamRow, { rules }: MarkingState): MarkingRules {
    return rules ?? rulesFrom(exam.multiplePolicy);
  }

  /** The questions of an exam as a state marks them; by number. */
  async questionsOf(exam: ExamRow, state: MarkingState): Promise<GradedQuestion[]> {
    const { items } = await this.papers.get(exam.paperId);
    const keyed = await this.keysOf(exam.paperId, items);
    const rules = this.rulesOf(exam, state);
    return items.map(({ number, section, versionId, marks }): GradedQuestion => {
      const question = keyed.get(versionId);
      if (!question) throw new Error(`Version ${versionId} of question ${number} has lost its key`);
      const act = state.acts[String(number)];
      return {
        number,
        body: question.body,
        key: act?.kind === 'key' ? act.key : question.key,
        full: hundredths(marks),
        policies: policiesOf(rules, number, section),
        ...(act && act.kind !== 'key' ? { act: act.kind } : {}),
      };
    });
  }

  /** Marks of attempts from their answers, by the state of now. */
  async sheetsOf(attemptIds: readonly string[], exam: ExamRow): Promise<Map<string, ScoreSheet>> {
    const questions = await this.questionsOf(exam, await this.stateOf(exam.id));
    const contents = await this.attempts.contentsOf(attemptIds);
    return new Map([...contents].map(([id, answers]) => [id, grade(questions, answers, blankMatches)]));
  }

  /** The paper as far as policies may name it. */
  async ruledItems(exam: ExamRow): Promise<RuledItem[]> {
    const { items, bodies } = await this.papers.get(exam.paperId);
    return items.map(({ number, section, marks, type, versionId }) => {
      const body = bodies.get(versionId)!;
      const optionIds = movableOptions(body).map((option) => option.id);
      return { number, section, marks, type, optionIds, blanks: body.type === 'blank' ? body.blanks : 0 };
    });
  }

  /** Versions never change, so the keys of the last papers stay in memory: every hand-in needs them. Server only. */
  private async keysOf(paperId: string, items: readonly PaperItemRow[]): Promise<ReadonlyMap<string, KeyedQuestion>> {
    const known = this.keyed.get(paperId);
    if (known) return known;
    const keyed = await this.questions.withKeys(items.map((item) => item.versionId));
    if (this.keyed.size >= kept) this.keyed.delete(this.keyed.keys().next().value!);
    this.keyed.set(paperId, keyed);
    return keyed;
  }
}
