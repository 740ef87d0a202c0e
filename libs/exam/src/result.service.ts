import { Injectable } from '@nestjs/common';
import { QuestionSource } from '@xuekao/bank';
import type { KeyedQuestion } from '@xuekao/bank';
import type { Instant } from '@xuekao/kernel';
import { AppClock, currentActor } from '@xuekao/platform';
import type { AnswerRow, AttemptRow, MarkRow } from './attempt.entity.js';
import { AttemptService } from './attempt.service.js';
import { AttemptStore } from './attempt.store.js';
import type { AttemptSummary } from './attempt.store.js';
import { reviewRefusal } from './core/index.js';
import type { ExamRow, PaperItemRow, RosterRow } from './exam.entity.js';
import { ExamRefused, allowed } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { PaperCache } from './paper-cache.js';

export interface AttemptResult {
  readonly attempt: AttemptRow & { readonly raw: number; readonly score: number; readonly endedAt: Instant };
  readonly exam: ExamRow;
  readonly passed: boolean;
  readonly excellent: boolean;
  readonly correct: number;
  readonly answered: number;
  readonly questions: number;
  readonly reviewAllowed: boolean;
  readonly serverNow: Instant;
}

export interface ReviewedQuestion {
  readonly item: PaperItemRow;
  readonly optionIds: readonly string[];
  readonly keyed: KeyedQuestion;
  readonly answer: AnswerRow | undefined;
  readonly mark: MarkRow;
}

export interface MyExam {
  readonly exam: ExamRow;
  readonly place: RosterRow;
  /** In order of number. */
  readonly attempts: readonly AttemptSummary[];
  readonly questions: number;
  /** Full marks of the paper, in hundredths. */
  readonly full: number;
  readonly reviewVisible: boolean;
}

/** What a member sees of his own exams and results. */
@Injectable()
export class ResultService {
  constructor(
    private readonly own: AttemptService,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly papers: PaperCache,
    private readonly questions: QuestionSource,
    private readonly clock: AppClock,
  ) {}

  /** The exams whose roster names the actor, newest opening first. */
  async mine(): Promise<{ exams: MyExam[]; serverNow: Instant }> {
    const { memberId } = currentActor();
    if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.sit' });
    const places = await this.exams.placesOf(memberId);
    const attempts = await this.attempts.ofMemberAll(memberId);
    const exams = await this.exams.byIds(places.map((place) => place.examId));
    const mine: MyExam[] = [];
    for (const exam of exams.filter((each) => each.state !== 'draft').toSorted(newestFirst)) {
      const { items } = await this.papers.get(exam.paperId);
      const own = attempts.filter((attempt) => attempt.examId === exam.id);
      const newest = own.at(-1);
      mine.push({
        exam,
        place: places.find((place) => place.examId === exam.id)!,
        attempts: own,
        questions: items.length,
        full: items.reduce((sum, item) => sum + item.marks, 0),
        reviewVisible: newest !== undefined && reviewRefusalOf(exam, newest) === undefined,
      });
    }
    return { exams: mine, serverNow: this.clock.now() };
  }

  async result(attemptId: string): Promise<AttemptResult> {
    const { attempt, exam } = await this.own.get(attemptId);
    const { raw, score, endedAt } = attempt;
    if (raw === null || score === null || endedAt === null) throw new ExamRefused('exam.result.not-yet');
    const marks = await this.attempts.marksOf(attemptId);
    return {
      attempt: { ...attempt, raw, score, endedAt },
      exam,
      passed: score >= exam.passLine,
      excellent: score >= exam.excellentLine,
      correct: marks.filter((mark) => mark.marks === mark.full).length,
      answered: marks.filter((mark) => mark.isAnswered).length,
      questions: marks.length,
      reviewAllowed: reviewRefusalOf(exam, attempt) === undefined,
      serverNow: this.clock.now(),
    };
  }

  /** Keys and explanations of the pinned versions, as answered, when the policy allows. */
  async review(attemptId: string): Promise<{ result: AttemptResult; questions: ReviewedQuestion[] }> {
    const { attempt, exam, paper, answers } = await this.own.get(attemptId);
    allowed(reviewRefusalOf(exam, attempt));
    const keyed = await this.questions.withKeys(paper.items.map((item) => item.versionId));
    const marks = new Map((await this.attempts.marksOf(attemptId)).map((mark) => [mark.number, mark]));
    const questions = attempt.layout.map(({ number, optionIds }) => {
      const item = paper.items.find((each) => each.number === number)!;
      const answer = answers.find((each) => each.number === number);
      return { item, optionIds, keyed: keyed.get(item.versionId)!, answer, mark: marks.get(number)! };
    });
    return { result: await this.result(attemptId), questions };
  }
}

function newestFirst(a: ExamRow, b: ExamRow): number {
  return b.opensAt - a.opensAt || (a.id < b.id ? 1 : -1);
}

function reviewRefusalOf(exam: ExamRow, attempt: AttemptSummary) {
  return reviewRefusal(
    exam.review,
    exam.state,
    { isOpen: attempt.state === 'open', number: attempt.number },
    exam.attempts,
  );
}
