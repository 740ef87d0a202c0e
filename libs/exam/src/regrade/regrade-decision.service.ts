import { Injectable } from '@nestjs/common';
import { regradeStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, currentActor } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import { CertificateKeeper } from '../certificate/certificate-keeper.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamActs } from '../marking/exam-act.js';
import { MarkingStore } from '../marking/marking.store.js';
import { ScriptStore } from '../marking/script.store.js';
import { fingerprintOf } from './re-marking.js';
import type { RegradeRow } from './regrade.entity.js';
import { RegradeStore } from './regrade.store.js';

/** The second person's word on a dry run. */
@Injectable()
export class RegradeDecisionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RegradeStore,
    private readonly store: MarkingStore,
    private readonly attempts: AttemptStore,
    private readonly scripts: ScriptStore,
    private readonly certificates: CertificateKeeper,
    private readonly acts: ExamActs,
    private readonly clock: AppClock,
  ) {}

  /**
   * Marks, scores, rules, certificates and the event in one commit. Refuses who proposed it, and a run made before some
   * mark changed ('exam.regrade.stale'): that one is never applied.
   */
  async confirm(runId: string): Promise<RegradeRow> {
    const proposed = found(await this.runs.byId(runId));
    const isFresh = await this.uow.run(async () => {
      const exam = await this.acts.permitted(proposed.examId);
      const marking = await this.store.forUpdate(exam.id);
      const run = this.open(found(await this.runs.byId(runId)));
      this.otherPerson(run);
      const attempts = await this.store.totalsOf(exam.id);
      if (marking.revision !== run.revision || fingerprintOf(attempts) !== run.fingerprint) return false;
      await this.apply(exam, run);
      return true;
    });
    if (isFresh) return found(await this.runs.byId(runId));
    await this.uow.run(() => this.runs.change(runId, { state: 'stale', ...this.decision() }));
    throw new ExamRefused('exam.regrade.stale');
  }

  private async apply(exam: ExamRow, run: RegradeRow): Promise<void> {
    const rows = await this.runs.attempts(run.id);
    await this.store.setMarks(rows);
    await this.store.setScores(
      rows.map(({ attemptId, newRaw, newFull, newScore }) => ({
        attemptId,
        raw: newRaw,
        full: newFull,
        score: newScore,
      })),
    );
    const corrected = rows.filter((row) => row.oldRaw !== row.newRaw || row.oldFull !== row.newFull);
    await this.attempts.correct(
      corrected.map(({ attemptId }) => attemptId),
      run.id,
    );
    const { rules, acts } = run.stateAfter;
    await this.store.change(exam.id, { rules, acts, revision: run.revision + 1 });
    if (run.kind === 'appeals') {
      const appeals = await this.scripts.appealsToApply(exam.id);
      const taken = appeals.filter((appeal) => appeal.finalAt !== null && appeal.finalAt <= run.proposedAt);
      await this.scripts.setRun(
        taken.map((appeal) => appeal.id),
        run.id,
      );
    }
    if (run.reverseOf !== null) {
      await this.runs.change(run.reverseOf, { reversedBy: run.id });
      await this.scripts.releaseRun(run.reverseOf);
    }
    const certificates = await this.certificates.follow(exam, await this.runs.flips(run.id), run.id);
    await this.runs.change(run.id, { state: 'applied', ...this.decision() });
    const { kind, numbers, changedAttempts, changedMarks, flips, countsBefore, countsAfter } = run;
    await this.acts.tell(
      'exam.regraded',
      exam,
      {
        runId: run.id,
        kind,
        numbers,
        changedAttempts,
        changedMarks,
        flips,
        proposedBy: run.proposedBy,
        before: countsBefore,
        after: countsAfter,
        certificates,
      },
      run.reason,
    );
  }

  /** By whoever may organise the exam, the proposer included. */
  async withdraw(runId: string): Promise<RegradeRow> {
    await this.uow.run(async () => {
      const run = found(await this.runs.byId(runId));
      const exam = await this.acts.permitted(run.examId);
      await this.store.forUpdate(exam.id);
      this.open(found(await this.runs.byId(runId)));
      await this.runs.change(runId, { state: 'withdrawn', ...this.decision() });
      await this.acts.tell('exam.regrade.withdrawn', exam, { runId, kind: run.kind });
    });
    return found(await this.runs.byId(runId));
  }

  private open(run: RegradeRow): RegradeRow {
    if (run.state === 'proposed') return run;
    throw new ExamRefused('exam.regrade.not-proposed', { state: regradeStates[run.state] });
  }

  private otherPerson({ proposedBy, proposedByMember }: RegradeRow): void {
    const { accountId, memberId } = currentActor();
    const isSame = accountId === proposedBy || (memberId !== null && memberId === proposedByMember);
    if (isSame) throw new ExamRefused('exam.regrade.own-proposal');
  }

  private decision(): Pick<RegradeRow, 'decidedBy' | 'deciderName' | 'decidedAt'> {
    const { accountId, name } = currentActor();
    return { decidedBy: accountId, deciderName: name, decidedAt: this.clock.now() };
  }
}
