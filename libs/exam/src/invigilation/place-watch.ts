import { Injectable, Logger } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { AttemptSaving } from '../attempt-saving.js';
import { AttemptStore } from '../attempt.store.js';
import { EvidenceService } from './evidence.service.js';
import type { Elsewhere } from './evidence.service.js';
import { ExamAccessService, placeOf } from './exam-access.service.js';
import type { ExamAccessView } from './exam-access.service.js';
import { visitOf } from './visit.js';

/** What an exam asks for is looked up again after this long: saves come by the thousand. */
const termsKeptMs = 5_000;
const mostKept = 20_000;

/**
 * Where answers come from once a paper is open. A phone that changes from the network of the room to its own loses nothing:
 * the save is kept, and the foreign address, or the missing browser, is written into the record of the sitting, once each.
 */
@Injectable()
export class PlaceWatch {
  private readonly logger = new Logger('exam');
  private readonly terms = new Map<string, { readonly at: Instant; readonly view: ExamAccessView | undefined }>();
  private readonly told = new Set<string>();

  constructor(
    private readonly access: ExamAccessService,
    private readonly evidence: EvidenceService,
    private readonly saving: AttemptSaving,
    private readonly attempts: AttemptStore,
    private readonly clock: AppClock,
  ) {}

  /** After answers were kept or the paper was handed in. Never refuses: what cannot be written down is logged. */
  async seen(memberId: string, attemptId: string, request: FastifyRequest): Promise<void> {
    try {
      const examId = this.saving.examIdOf(attemptId) ?? (await this.attempts.byIds([attemptId]))[0]?.examId;
      const view = examId === undefined ? undefined : await this.termsOf(examId);
      if (examId === undefined || !view || (view.ipRanges.length === 0 && view.sebKeys.length === 0)) return;
      const visit = visitOf(request);
      const { isAddressAllowed, isBrowserAllowed } = placeOf(view, visit);
      const attempt = { id: attemptId, examId, memberId };
      if (!isAddressAllowed) await this.tell({ attempt, kind: 'other-address', text: visit.address });
      if (!isBrowserAllowed) await this.tell({ attempt, kind: 'other-browser', text: null });
    } catch (error) {
      this.logger.error({ event: 'exam.place-not-recorded', attemptId, err: error });
    }
  }

  private async tell(piece: Elsewhere): Promise<void> {
    const key = `${piece.attempt.id} ${piece.kind} ${piece.text ?? ''}`;
    if (this.told.has(key)) return;
    await this.evidence.elsewhere(piece);
    if (this.told.size >= mostKept) this.told.clear();
    this.told.add(key);
  }

  private async termsOf(examId: string): Promise<ExamAccessView | undefined> {
    const now = this.clock.now();
    const kept = this.terms.get(examId);
    if (kept && now - kept.at < termsKeptMs) return kept.view;
    const view = await this.access.askedOf(examId);
    if (this.terms.size >= mostKept) this.terms.clear();
    this.terms.set(examId, { at: now, view });
    return view;
  }
}
