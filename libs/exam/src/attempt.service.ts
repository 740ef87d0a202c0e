import { Injectable } from '@nestjs/common';
import type { DecidedQuestion } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock, currentActor } from '@xuekao/platform';
import { AttemptClosing, attemptOf } from './attempt-closing.js';
import { AttemptSaving } from './attempt-saving.js';
import type { SaveAck } from './attempt-saving.js';
import type { AnswerRow, AttemptRow } from './attempt.entity.js';
import { AttemptStarting } from './attempt-starting.js';
import type { StartedAttempt } from './attempt-starting.js';
import { AttemptStore } from './attempt.store.js';
import { AttemptViews } from './attempt-views.js';
import type { StoredAttempt } from './attempt-views.js';
import { decide } from './core/index.js';
import type { AnswerSave } from './core/index.js';
import type { ExamRow } from './exam.entity.js';
import { ExamRefused, decided as allowed, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { EvidenceService } from './invigilation/evidence.service.js';
import { PaperCache } from './paper-cache.js';
import type { TakingPaper } from './paper-cache.js';

export interface AttemptView {
  readonly attempt: AttemptRow;
  readonly exam: ExamRow;
  readonly extraMs: number;
  readonly paper: TakingPaper;
  readonly answers: readonly AnswerRow[];
  readonly decided: readonly DecidedQuestion[];
  readonly serverNow: Instant;
}

function currentMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new ExamRefused('auth.forbidden', { permission: 'exam.sit' });
  return memberId;
}

/** A member's own attempts; numbers of questions are places on his own paper, from 1. `device` is a token the client makes once; only the writing device's saves are taken. */
@Injectable()
export class AttemptService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly attempts: AttemptStore,
    private readonly exams: ExamStore,
    private readonly views: AttemptViews,
    private readonly papers: PaperCache,
    private readonly closing: AttemptClosing,
    private readonly saving: AttemptSaving,
    private readonly starting: AttemptStarting,
    private readonly evidence: EvidenceService,
    private readonly clock: AppClock,
  ) {}

  /** As {@link begin}, with the paper. */
  async start(examId: string, device: string): Promise<AttemptView> {
    return this.get((await this.begin(examId, device)).id);
  }

  /** Starts, or gives the open attempt again: a second click or a second device makes no second attempt. */
  begin(examId: string, device: string): Promise<StartedAttempt> {
    return this.starting.start(examId, currentMember(), device);
  }

  /** The paper without keys, the own answers, the deadline and the server's time. */
  async get(attemptId: string): Promise<AttemptView> {
    const { attempt, exam, place, answers, decided } = await this.own(attemptId);
    const paper = await this.papers.get(exam.paperId);
    const extraMs = exam.extraMs + place.extraMs;
    return { attempt, exam, extraMs, paper, answers, decided, serverNow: this.clock.now() };
  }

  /**
   * Keeps answers until the deadline and its grace; acknowledged after the commit. Repeats and older ones are answered with
   * what is kept. The answers of one request are taken whole or not at all.
   */
  save(attemptId: string, device: string, answers: readonly AnswerSave[]): Promise<SaveAck> {
    return this.saving.save(currentMember(), attemptId, device, answers);
  }

  /** This device writes from now on; the other one's saves are refused. */
  async takeOver(attemptId: string, device: string): Promise<AttemptView> {
    await this.uow.run(async () => {
      const row = await this.ownForUpdate(attemptId);
      const command = { kind: 'take-over', writer: device } as const;
      const events = allowed(
        decide(attemptOf(row, await this.examOf(row)), command, () => undefined, this.clock.now()),
      );
      if (events.length === 0) return;
      await this.attempts.change(attemptId, { writer: device });
      await this.evidence.takenOver(row);
    });
    return this.get(attemptId);
  }

  /**
   * Saves what is still on the device, then ends the attempt and marks it; saves that arrived before come first. What is too
   * late to be saved does not keep the attempt from ending. A second hand-in changes nothing.
   */
  async handIn(attemptId: string, device: string, answers: readonly AnswerSave[] = []): Promise<AttemptRow> {
    if (answers.length > 0) await this.saveLast(attemptId, device, answers);
    else await this.saving.settled();
    return this.uow.run(async () => {
      const row = await this.ownForUpdate(attemptId);
      const command = { kind: 'hand-in', writer: device } as const;
      const [ended] = allowed(
        decide(attemptOf(row, await this.examOf(row)), command, () => undefined, this.clock.now()),
      );
      return ended?.kind === 'ended' ? this.closing.end(row, ended) : row;
    });
  }

  private async saveLast(attemptId: string, device: string, answers: readonly AnswerSave[]): Promise<void> {
    try {
      await this.save(attemptId, device, answers);
    } catch (error) {
      const isOver =
        error instanceof ExamRefused && (error.code === 'exam.attempt.late' || error.code === 'exam.attempt.closed');
      if (!isOver) throw error;
    }
  }

  /** Somebody else's attempt is not found. One whose time is up is collected first. */
  private async own(attemptId: string): Promise<StoredAttempt> {
    const stored = await this.views.of(attemptId);
    if (stored?.attempt.memberId !== currentMember()) throw new ExamRefused('resource.not-found');
    const { state, deadlineAt } = stored.attempt;
    if (state !== 'open' || this.clock.now() < deadlineAt + stored.exam.graceMs) return stored;
    await this.saving.settled();
    await this.closing.collect(attemptId, 'deadline');
    return found((await this.views.of(attemptId)) ?? null);
  }

  private async examOf({ examId }: AttemptRow): Promise<ExamRow> {
    return found(await this.exams.byId(examId));
  }

  private async ownForUpdate(attemptId: string): Promise<AttemptRow> {
    const row = await this.attempts.byIdForUpdate(attemptId);
    if (!row || row.memberId !== currentMember()) throw new ExamRefused('resource.not-found');
    return row;
  }
}
