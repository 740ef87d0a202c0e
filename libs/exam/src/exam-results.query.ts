import { Injectable } from '@nestjs/common';
import type { ExamLevel } from '@xuekao/contracts';
import { AttemptStore } from './attempt.store.js';
import type { AttemptSummary } from './attempt.store.js';
import { bestScore, countedScores } from './core/index.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamStore } from './exam.store.js';
import type { ExternalExamRow, ExternalResultRow } from './external.entity.js';
import { ExternalStore } from './external.store.js';

export interface MemberOutcome {
  readonly memberId: string;
  readonly name: string;
  readonly staffNumber: string;
  /** Where the person stood when the roster was frozen. */
  readonly unitId: string | null;
  readonly unitName: string;
  readonly exemption: string | null;
  /** Counts in 应考: not exempt, or exempt and sat all the same (缓考 who came to the make-up), so that 实考 ≤ 应考. */
  readonly isDue: boolean;
  /** What counts of the first exam; hundredths on the scale of 100. Null: did not sit it. */
  readonly firstScore: number | null;
  /** The best of what counts of its make-ups. */
  readonly makeUpScore: number | null;
  /** The better of the two. */
  readonly score: number | null;
}

export interface ExamOutcome {
  readonly examId: string;
  readonly kind: 'online' | 'external';
  readonly title: string;
  readonly level: ExamLevel;
  readonly unitId: string;
  /** Civil date in the organisation's zone. */
  readonly date: string;
  readonly year: number;
  /** Hundredths on the scale of 100. */
  readonly passLine: number;
  readonly excellentLine: number;
  /** 应考. */
  readonly due: number;
  /** 实考, make-ups included. */
  readonly sat: number;
  /** 实考 of the first exam alone. */
  readonly satFirst: number;
  readonly members: readonly MemberOutcome[];
}

/**
 * Final results for statistics and reports: closed or archived exams and imported external ones. No permission is asked. An
 * exam with papers that a person still has to mark is not final and not among them.
 */
@Injectable()
export class ExamResultsQuery {
  constructor(
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly external: ExternalStore,
  ) {}

  /** By date. A make-up is part of its first exam, also where it opened in the year after. */
  async ofYear(year: number): Promise<ExamOutcome[]> {
    const firsts = (await this.exams.finished(year)).filter((exam) => exam.makeUpOf === null);
    const makeUps = await this.exams.makeUpsOf(firsts.map((exam) => exam.id));
    const outcomes: ExamOutcome[] = [];
    for (const exam of firsts) {
      const roster = await this.exams.roster(exam.id);
      const own = makeUps.filter((each) => each.makeUpOf === exam.id);
      const attempts = await this.attempts.ofExams([exam.id, ...own.map((each) => each.id)]);
      const isFinal = attempts.every((each) => each.state === 'open' || each.score !== null);
      if (isFinal) outcomes.push(onlineOutcome(exam, roster, attempts, own));
    }
    for (const exam of await this.external.importedIn(year)) {
      outcomes.push(externalOutcome(exam, await this.external.resultsOf(exam.id)));
    }
    return outcomes.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.examId < b.examId ? -1 : 1));
  }
}

function onlineOutcome(
  exam: ExamRow,
  roster: readonly RosterRow[],
  attempts: readonly AttemptSummary[],
  makeUps: readonly ExamRow[],
): ExamOutcome {
  const scoresOf = (sat: ExamRow): Map<string, number | null> =>
    countedScores(
      sat.attemptPolicy,
      attempts.filter((each) => each.examId === sat.id),
    );
  const first = scoresOf(exam);
  const again = makeUps.map(scoresOf);
  const members = roster.map((place) => {
    const { memberId } = place;
    const makeUpScore = bestScore(again.map((scores) => scores.get(memberId) ?? null));
    return outcomeOf(place, first.get(memberId) ?? null, makeUpScore);
  });
  return withCounts({ ...termsOf(exam), examId: exam.id, kind: 'online', date: exam.localDate }, members);
}

function externalOutcome(exam: ExternalExamRow, results: readonly ExternalResultRow[]): ExamOutcome {
  const members = results.map((result) => outcomeOf({ ...result, exemption: exemptionOf(result) }, result.score, null));
  return withCounts({ ...termsOf(exam), examId: exam.id, kind: 'external', date: exam.heldOn }, members);
}

function exemptionOf({ status, exemption }: ExternalResultRow): string | null {
  if (status === 'deferred') return 'exam-deferred';
  return status === 'exempt' ? 'exam-exempt' : exemption;
}

function termsOf({ title, level, unitId, year, passLine, excellentLine }: ExamRow | ExternalExamRow) {
  return { title, level, unitId, year, passLine, excellentLine };
}

function outcomeOf(
  { memberId, name, staffNumber, unitId, unitName, exemption }: Omit<RosterRow, 'extraMs' | 'examId'>,
  firstScore: number | null,
  makeUpScore: number | null,
): MemberOutcome {
  const score = bestScore([firstScore, makeUpScore]);
  const isDue = exemption === null || score !== null;
  return { memberId, name, staffNumber, unitId, unitName, exemption, isDue, firstScore, makeUpScore, score };
}

function withCounts(
  exam: Omit<ExamOutcome, 'due' | 'sat' | 'satFirst' | 'members'>,
  members: readonly MemberOutcome[],
): ExamOutcome {
  return {
    ...exam,
    due: members.filter((member) => member.isDue).length,
    sat: members.filter((member) => member.score !== null).length,
    satFirst: members.filter((member) => member.firstScore !== null).length,
    members,
  };
}
