import { Injectable } from '@nestjs/common';
import { QuestionSource } from '@xuekao/bank';
import type { QuestionKey, RegradeKind } from '@xuekao/contracts';
import { appealStates, examStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { AppClock, currentActor } from '@xuekao/platform';
import { parseRules, regradeOutcome, reversed, sameShape, stateAfter, touchedNumbers } from '../core/index.js';
import type { AttemptTotals, MarkChange, MarkingState, RegradeCause, RegradeOutcome } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, decided, found } from '../exam.errors.js';
import { AppealStore } from '../marking/appeal.store.js';
import { ExamActs } from '../marking/exam-act.js';
import { ExamMarking } from '../marking/exam-marking.js';
import { MarkingStore } from '../marking/marking.store.js';
import { ScriptStore } from '../marking/script.store.js';
import { PaperCache } from '../paper-cache.js';
import { ReMarking, fingerprintOf } from './re-marking.js';
import type { RegradeRow, RegradedAttempt } from './regrade.entity.js';
import { RegradeStore } from './regrade.store.js';

/** What an organiser asks for. A key without `key` is that of the question's published version. */
export type RegradeRequest =
  | { readonly kind: 'key'; readonly number: number; readonly key?: QuestionKey }
  | { readonly kind: 'policy'; readonly rules: unknown }
  | { readonly kind: 'give-all' | 'void' | 'restore'; readonly numbers: readonly number[] }
  | { readonly kind: 'appeals' };

interface Plan {
  readonly kind: RegradeKind;
  readonly numbers: readonly number[];
  readonly before: MarkingState;
  readonly after: MarkingState;
  readonly changes: ReadonlyMap<string, readonly MarkChange[]>;
  readonly reverseOf: string | null;
  /** The appeal that asks for it. */
  readonly appealId: string | null;
}

/** Dry runs: what would change, kept for a second person to confirm. */
@Injectable()
export class RegradeService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RegradeStore,
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
    private readonly marking: ExamMarking,
    private readonly reMarking: ReMarking,
    private readonly questions: QuestionSource,
    private readonly papers: PaperCache,
    private readonly appeals: AppealStore,
    private readonly acts: ExamActs,
    private readonly clock: AppClock,
  ) {}

  /** Nothing changes but the list of runs. Refuses 'exam.regrade.nothing' where all marks would stay. */
  async propose(
    examId: string,
    request: RegradeRequest,
    reason: string,
    appealId: string | null = null,
  ): Promise<RegradeRow> {
    const exam = await this.finished(examId);
    const revision = (await this.store.of(examId))?.revision ?? 0;
    const attempts = await this.store.totalsOf(examId);
    const plan = request.kind === 'appeals' ? await this.ofAppeals(exam) : await this.ofCause(exam, request, attempts);
    if (appealId !== null) await this.fitsAppeal(appealId, exam, plan);
    return this.keep(exam, { ...plan, appealId }, attempts, revision, reason);
  }

  /** Of the same exam, open or upheld, and about a question that the run touches. */
  private async fitsAppeal(appealId: string, exam: ExamRow, { numbers }: Plan): Promise<void> {
    const appeal = await this.appeals.byId(appealId);
    if (appeal?.examId !== exam.id) throw new ExamRefused('resource.not-found');
    const { number, state } = appeal;
    if (state === 'dismissed' || !numbers.includes(number)) {
      throw new ExamRefused('exam.regrade.appeal-invalid', { number, state: appealStates[state] });
    }
  }

  /** The way back of the run that stands last, with the marks it kept; again for a second person to confirm. */
  async reverse(runId: string, reason: string): Promise<RegradeRow> {
    const run = found(await this.runs.byId(runId));
    const exam = await this.finished(run.examId);
    if ((await this.runs.lastStanding(exam.id))?.id !== runId) throw new ExamRefused('exam.regrade.not-latest');
    const revision = (await this.store.of(exam.id))?.revision ?? 0;
    const attempts = await this.store.totalsOf(exam.id);
    const rows = await this.runs.attempts(runId);
    const plan: Plan = {
      kind: 'reverse',
      numbers: run.numbers,
      before: await this.marking.stateOf(exam.id),
      after: run.stateBefore,
      changes: await this.wayBack(exam.id, rows),
      reverseOf: runId,
      appealId: run.appealId,
    };
    return this.keep(exam, plan, attempts, revision, reason);
  }

  /** The kept marks; one that was open then and has been marked by a person since comes back with his mark. */
  private async wayBack(examId: string, rows: readonly RegradedAttempt[]): Promise<Map<string, MarkChange[]>> {
    const changes = new Map(rows.map((row) => [row.attemptId, row.marks.map(reversed)]));
    const isOpen = (change: MarkChange): boolean => change[4] === null;
    if (![...changes.values()].some((each) => each.some(isOpen))) return changes;
    for (const { attemptId, number, cause, state, marks } of await this.scripts.scriptsOf(examId)) {
      const own = changes.get(attemptId);
      const at = own?.findIndex((change) => change[0] === number && isOpen(change)) ?? -1;
      if (!own || at < 0 || cause !== 'written' || state !== 'final') continue;
      const [, oldMarks, oldFull, oldSource, , full] = own[at]!;
      own[at] = [number, oldMarks, oldFull, oldSource, marks, full, 'manual'];
    }
    return changes;
  }

  private async finished(examId: string): Promise<ExamRow> {
    const exam = await this.acts.permitted(examId);
    if (exam.state === 'closed' || exam.state === 'archived') return exam;
    throw new ExamRefused('exam.not-closed', { title: exam.title, state: examStates[exam.state] });
  }

  private async ofCause(
    exam: ExamRow,
    request: Exclude<RegradeRequest, { kind: 'appeals' }>,
    attempts: readonly AttemptTotals[],
  ): Promise<Plan> {
    const before = await this.marking.stateOf(exam.id);
    const old = await this.marking.questionsOf(exam, before);
    const cause = await this.causeOf(exam, request);
    const after = decided(stateAfter(before, cause, old));
    const now = await this.marking.questionsOf(exam, after);
    const numbers = touchedNumbers(old, now);
    const touched = now.filter((question) => numbers.includes(question.number));
    const changes =
      request.kind === 'restore'
        ? await this.reMarking.settled(exam.id, attempts, touched)
        : await this.reMarking.changes(attempts, touched);
    return { kind: request.kind, numbers, before, after, changes, reverseOf: null, appealId: null };
  }

  private async causeOf(exam: ExamRow, request: Exclude<RegradeRequest, { kind: 'appeals' }>): Promise<RegradeCause> {
    if (request.kind === 'policy') {
      return { kind: 'policy', rules: decided(parseRules(request.rules, await this.marking.ruledItems(exam))) };
    }
    if (request.kind !== 'key') return { kind: request.kind, numbers: [...new Set(request.numbers)] };
    const { number, key } = request;
    if (key) return { kind: 'key', number, key, versionId: null };
    const { items, bodyOf } = await this.papers.get(exam.paperId);
    const item = items.find((each) => each.number === number);
    if (!item) throw new ExamRefused('exam.regrade.number-invalid', { number });
    const [published] = await this.questions.publishedByCodes([item.code]);
    if (!published || published.versionId === item.versionId) {
      throw new ExamRefused('exam.regrade.version-unknown', { number });
    }
    const version = found((await this.questions.withKeys([published.versionId])).get(published.versionId));
    if (!sameShape(bodyOf(number)!, version.body)) throw new ExamRefused('exam.regrade.key-invalid', { number });
    return { kind: 'key', number, key: version.key, versionId: published.versionId };
  }

  private async ofAppeals(exam: ExamRow): Promise<Plan> {
    const appeals = await this.scripts.appealsToApply(exam.id);
    const state = await this.marking.stateOf(exam.id);
    const changes = new Map<string, MarkChange[]>();
    for (const { attemptId, number, marks } of appeals) {
      const [old] = await this.store.marksOf([attemptId], [number]);
      if (!old || old.marks === marks || old.full === 0) continue;
      const change: MarkChange = [number, old.marks, old.full, old.source, marks, old.full, 'appeal'];
      changes.set(attemptId, [...(changes.get(attemptId) ?? []), change]);
    }
    const numbers = [...new Set(appeals.map((appeal) => appeal.number))].toSorted((a, b) => a - b);
    return { kind: 'appeals', numbers, before: state, after: state, changes, reverseOf: null, appealId: null };
  }

  private async keep(
    exam: ExamRow,
    plan: Plan,
    attempts: readonly AttemptTotals[],
    revision: number,
    reason: string,
  ): Promise<RegradeRow> {
    const outcome = regradeOutcome(attempts, (id) => plan.changes.get(id) ?? [], exam);
    if (outcome.changed.length === 0) throw new ExamRefused('exam.regrade.nothing');
    const run = this.runOf(exam, plan, outcome, fingerprintOf(attempts), revision, reason);
    const rows = outcome.changed.map(({ attemptId, memberId, before, after, marks }) => ({
      runId: run.id,
      attemptId,
      memberId,
      marks,
      oldRaw: before.raw,
      newRaw: after.raw,
      oldFull: before.full,
      newFull: after.full,
      oldScore: before.score,
      newScore: after.score,
    }));
    const flips = outcome.flips.map((flip) => ({ ...flip, runId: run.id }));
    await this.uow.run(async () => {
      await this.runs.add(run, rows, flips);
      const { kind, numbers, changedAttempts, changedMarks } = run;
      const { appealId } = run;
      const payload = { runId: run.id, kind, numbers, changedAttempts, changedMarks, flips: run.flips, appealId };
      await this.acts.tell('exam.regrade.proposed', exam, payload, reason);
    });
    return run;
  }

  private runOf(
    exam: ExamRow,
    { kind, numbers, before, after, reverseOf, appealId }: Plan,
    { changed, changedMarks, flips, countsBefore, countsAfter }: RegradeOutcome,
    fingerprint: string,
    revision: number,
    reason: string,
  ): RegradeRow {
    const { accountId, memberId, name } = currentActor();
    return {
      id: newId(),
      examId: exam.id,
      state: 'proposed',
      kind,
      numbers,
      reason: reason.trim(),
      revision,
      fingerprint,
      countsBefore,
      countsAfter,
      stateBefore: before,
      stateAfter: after,
      changedAttempts: changed.length,
      changedMarks,
      flips: flips.length,
      proposedBy: accountId,
      proposedByMember: memberId,
      proposerName: name,
      proposedAt: this.clock.now(),
      decidedBy: null,
      deciderName: null,
      decidedAt: null,
      reverseOf,
      reversedBy: null,
      appealId,
    };
  }
}
