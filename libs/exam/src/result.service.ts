import { Injectable } from '@nestjs/common';
import { QuestionSource } from '@xuekao/bank';
import type { KeyedQuestion } from '@xuekao/bank';
import type { ReviewFacet, ReviewOptions } from '@xuekao/contracts';
import { reviewPolicies } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock, currentActor } from '@xuekao/platform';
import type { AnswerRow, AttemptRow, MarkRow } from './attempt.entity.js';
import { AttemptService } from './attempt.service.js';
import { AttemptStore } from './attempt.store.js';
import type { AttemptSummary } from './attempt.store.js';
import { correctionTold, isWholeReview, optionsFrom, shownFacets } from './core/index.js';
import type { AppliedCorrection, CorrectionNews, MarkingActs } from './core/index.js';
import type { ExamRow, PaperItemRow, RosterRow } from './exam.entity.js';
import { ExamRefused } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { MarkingStore } from './marking/marking.store.js';
import { PaperCache } from './paper-cache.js';
import { RegradeStore } from './regrade/regrade.store.js';

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
  readonly shown: ReadonlySet<ReviewFacet>;
  /** Handed in, and a person still has to mark something. */
  readonly isWaiting: boolean;
  /** 成绩已更正: of the newest attempt that a regrade has changed, until it was seen. */
  readonly correction: (CorrectionNews & { readonly attemptId: string }) | null;
}

/** Everything of a result that the exam's options show now; what is not shown is not in it. */
export interface AttemptOutcomeView {
  readonly attempt: AttemptRow;
  readonly exam: ExamRow;
  readonly shown: ReadonlySet<ReviewFacet>;
  readonly isWaiting: boolean;
  /** Not seen yet. */
  readonly correction: CorrectionNews | null;
  readonly questions: readonly OutcomeQuestion[];
  readonly serverNow: Instant;
}

export interface OutcomeQuestion {
  readonly item: PaperItemRow;
  readonly optionIds: readonly string[];
  readonly keyed: KeyedQuestion;
  readonly answer: AnswerRow | undefined;
  readonly mark: MarkRow | undefined;
}

/** What a member sees of his own exams and results. */
@Injectable()
export class ResultService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly own: AttemptService,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly papers: PaperCache,
    private readonly questions: QuestionSource,
    private readonly marking: MarkingStore,
    private readonly runs: RegradeStore,
    private readonly clock: AppClock,
  ) {}

  /** The exams whose roster names the actor, newest opening first. */
  async mine(): Promise<{ exams: MyExam[]; serverNow: Instant }> {
    const { memberId } = currentActor();
    if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.sit' });
    const places = await this.exams.placesOf(memberId);
    const attempts = await this.attempts.ofMemberAll(memberId);
    const exams = await this.exams.byIds(places.map((place) => place.examId));
    const markings = await this.marking.ofExams(exams.map((exam) => exam.id));
    const options = new Map(markings.map((row) => [row.examId, row.review]));
    const news = await this.runs.newsOf(attempts.flatMap(({ correctedBy }) => correctedBy ?? []));
    const mine: MyExam[] = [];
    for (const exam of exams.filter((each) => each.state !== 'draft').toSorted(newestFirst)) {
      const { items } = await this.papers.get(exam.paperId);
      const own = attempts.filter((attempt) => attempt.examId === exam.id);
      const newest = own.at(-1);
      const shown = newest ? this.shownOf(exam, newest, options.get(exam.id) ?? null) : new Set<ReviewFacet>();
      mine.push({
        exam,
        place: places.find((place) => place.examId === exam.id)!,
        attempts: own,
        questions: items.length,
        full: items.reduce((sum, item) => sum + item.marks, 0),
        reviewVisible: newest !== undefined && isWholeReview(shown),
        shown,
        isWaiting: newest !== undefined && isWaiting(newest),
        correction: shown.has('score') ? correctionOf(own, news, shown) : null,
      });
    }
    return { exams: mine, serverNow: this.clock.now() };
  }

  /** Refuses what the options do not show: score and line both belong to this page. */
  async result(attemptId: string): Promise<AttemptResult> {
    const { attempt, exam } = await this.own.get(attemptId);
    const { raw, score, endedAt } = attempt;
    if (endedAt === null) throw new ExamRefused('exam.result.not-yet');
    if (raw === null || score === null) throw new ExamRefused('exam.result.waiting');
    const shown = this.shownOf(exam, attempt, await this.optionsOf(exam.id));
    if (!shown.has('score') || !shown.has('pass-line')) throw new ExamRefused('exam.result.hidden');
    return this.resultOf({ ...attempt, raw, score, endedAt }, exam, isWholeReview(shown));
  }

  private async resultOf(
    attempt: AttemptResult['attempt'],
    exam: ExamRow,
    reviewAllowed: boolean,
  ): Promise<AttemptResult> {
    const marks = await this.attempts.marksOf(attempt.id);
    return {
      attempt,
      exam,
      passed: attempt.score >= exam.passLine,
      excellent: attempt.score >= exam.excellentLine,
      correct: marks.filter((mark) => mark.full > 0 && mark.marks === mark.full).length,
      answered: marks.filter((mark) => mark.isAnswered).length,
      questions: marks.filter((mark) => mark.full > 0).length,
      reviewAllowed,
      serverNow: this.clock.now(),
    };
  }

  /** Keys and explanations as the exam is marked now, under the text that was answered, when the options allow all of it. */
  async review(attemptId: string): Promise<{ result: AttemptResult; questions: ReviewedQuestion[] }> {
    const { attempt, exam, shown, isWaiting: waits, questions } = await this.outcome(attemptId);
    if (!isWholeReview(shown)) {
      throw waits
        ? new ExamRefused('exam.result.waiting')
        : new ExamRefused('exam.review.not-allowed', { policy: reviewPolicies[exam.review] });
    }
    const { raw, score, endedAt } = attempt;
    if (raw === null || score === null || endedAt === null) throw new ExamRefused('exam.result.waiting');
    const result = await this.resultOf({ ...attempt, raw, score, endedAt }, exam, true);
    return { result, questions: questions.map((question) => ({ ...question, mark: question.mark! })) };
  }

  /** The own attempt with all that is known of it; what may be shown is said beside it. */
  async outcome(attemptId: string): Promise<AttemptOutcomeView> {
    const { attempt, exam, paper, answers, serverNow } = await this.own.get(attemptId);
    if (attempt.state === 'open') throw new ExamRefused('exam.result.not-yet');
    const row = await this.marking.of(exam.id);
    const shown = this.shownOf(exam, attempt, row?.review ?? null);
    const keyed = await this.keysOf(paper.items, row?.acts ?? {});
    const marks = new Map((await this.attempts.marksOf(attemptId)).map((mark) => [mark.number, mark]));
    const questions = attempt.layout.map(({ number, optionIds }): OutcomeQuestion => {
      const item = paper.items.find((each) => each.number === number)!;
      const answer = answers.find((each) => each.number === number);
      return { item, optionIds, keyed: keyed.get(number)!, answer, mark: marks.get(number) };
    });
    const news = attempt.correctedBy ? (await this.runs.newsOf([attempt.correctedBy])).get(attempt.correctedBy) : null;
    const correction = shown.has('score') && news ? correctionTold(news, shown) : null;
    return { attempt, exam, shown, isWaiting: isWaiting(attempt), correction, questions, serverNow };
  }

  /** The owner knows of this correction; of a newer one he does not. */
  async sawCorrection(attemptId: string, runId: string): Promise<void> {
    const { attempt } = await this.own.get(attemptId);
    await this.uow.run(() => this.attempts.correctionSeen(attempt.id, runId));
  }

  /** The body that was shown; key, and explanation where a corrected version has its own, as decided since. */
  private async keysOf(items: readonly PaperItemRow[], acts: MarkingActs): Promise<Map<number, KeyedQuestion>> {
    const corrected = Object.values(acts).flatMap((act) =>
      act.kind === 'key' && act.versionId ? [act.versionId] : [],
    );
    const keyed = await this.questions.withKeys([...items.map((item) => item.versionId), ...corrected]);
    return new Map(
      items.map(({ number, versionId }) => {
        const pinned = keyed.get(versionId)!;
        const act = acts[String(number)];
        if (act?.kind !== 'key') return [number, pinned];
        const { explanation, source } = (act.versionId ? keyed.get(act.versionId) : undefined) ?? pinned;
        return [number, { ...pinned, key: act.key, explanation, source }];
      }),
    );
  }

  private async optionsOf(examId: string): Promise<ReviewOptions | null> {
    return (await this.marking.of(examId))?.review ?? null;
  }

  private shownOf(exam: ExamRow, attempt: AttemptSummary, options: ReviewOptions | null): ReadonlySet<ReviewFacet> {
    const seen = { isOpen: attempt.state === 'open', number: attempt.number, isWaiting: isWaiting(attempt) };
    return shownFacets(options ?? optionsFrom(exam.review), exam, seen, this.clock.now());
  }
}

function isWaiting({ state, score }: AttemptSummary): boolean {
  return state === 'handed-in' && score === null;
}

function correctionOf(
  attempts: readonly AttemptSummary[],
  news: ReadonlyMap<string, AppliedCorrection>,
  shown: ReadonlySet<ReviewFacet>,
): MyExam['correction'] {
  const corrected = attempts.findLast(({ correctedBy }) => correctedBy !== null && news.has(correctedBy));
  return corrected ? { ...correctionTold(news.get(corrected.correctedBy!)!, shown), attemptId: corrected.id } : null;
}

function newestFirst(a: ExamRow, b: ExamRow): number {
  return b.opensAt - a.opensAt || (a.id < b.id ? 1 : -1);
}
