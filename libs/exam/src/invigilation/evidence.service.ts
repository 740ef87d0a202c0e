import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FocusKind } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock, Outbox, currentActor } from '@xuekao/platform';
import type { AttemptRow } from '../attempt.entity.js';
import { AttemptStore } from '../attempt.store.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { AttemptActivity } from './attempt-activity.js';
import type { EvidenceRow } from './day.entity.js';
import { DayStore } from './day.store.js';
import { InvigilationQuery } from './invigilation.query.js';

export interface FocusEvent {
  readonly kind: FocusKind;
  /** As the device's clock says. */
  readonly at: Instant;
  readonly awayMs?: number;
}

export interface Elsewhere {
  readonly attempt: Pick<AttemptRow, 'id' | 'examId' | 'memberId'>;
  readonly kind: 'other-address' | 'other-browser';
  /** The address. */
  readonly text: string | null;
}

/** More than this of one attempt tells nothing more. */
const mostPerAttempt = 500;

/** What was seen during a sitting. Evidence for people to weigh: nothing reads it to change a mark. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly store: DayStore,
    private readonly view: InvigilationQuery,
    private readonly activity: AttemptActivity,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  /** The organiser's own words about a person on the roster, by who may manage the exam or the person's branch. */
  async note(examId: string, memberId: string, text: string): Promise<void> {
    await this.uow.run(async () => {
      const exam = found(await this.exams.byId(examId));
      const place = await this.exams.place(examId, memberId);
      const scope = await this.access.scope('exam.manage');
      const mayWrite = scope.includes(exam.unitId) || (place?.unitId && scope.includes(place.unitId));
      if (!mayWrite) throw new ExamRefused('resource.not-found');
      if (!place) throw new ExamRefused('exam.roster.unknown-member');
      const { accountId, name } = currentActor();
      const attempt = (await this.attempts.ofMember(examId, memberId)).at(-1);
      const row = { ...this.blank(examId, memberId, attempt?.id ?? null), kind: 'note' as const, text };
      await this.store.addEvidence([{ ...row, actorId: accountId, actorName: name }]);
      const payload = { title: exam.title, memberId };
      const subject = { subjectType: 'exam', subjectId: examId, unitId: exam.unitId };
      await this.outbox.add({ type: 'exam.incident-noted', ...subject, payload, reason: text });
      if (attempt) this.uow.afterCommit(() => this.activity.touch(examId, attempt.id));
    });
  }

  /** The own client tells that its page was left or found again; answers how many it took. */
  async tell(attemptId: string, events: readonly FocusEvent[]): Promise<number> {
    const attempt = await this.attempts.byId(attemptId);
    if (!attempt || attempt.memberId !== currentActor().memberId) throw new ExamRefused('resource.not-found');
    if (attempt.state !== 'open') throw new ExamRefused('exam.attempt.closed', { closedAt: attempt.endedAt });
    const { examId, memberId } = attempt;
    return this.uow.run(async () => {
      const known = (await this.store.evidenceCounts(examId, [memberId])).get(memberId) ?? 0;
      const rows = events.slice(0, Math.max(0, mostPerAttempt - known)).map(({ kind, at, awayMs }) => ({
        ...this.blank(examId, memberId, attemptId),
        kind,
        clientAt: at,
        awayMs: awayMs ?? null,
      }));
      await this.store.addEvidence(rows);
      this.uow.afterCommit(() => this.activity.touch(examId, attemptId));
      return rows.length;
    });
  }

  /** Another device goes on; inside the transaction that lets it. */
  async takenOver({ id, examId, memberId }: Pick<AttemptRow, 'id' | 'examId' | 'memberId'>): Promise<void> {
    await this.store.addEvidence([{ ...this.blank(examId, memberId, id), kind: 'taken-over' }]);
    this.uow.afterCommit(() => this.activity.touch(examId, id));
  }

  /** An attempt is given back to who could see these facets of the review; inside the transaction that does it. */
  async keySeen(row: Pick<AttemptRow, 'id' | 'examId' | 'memberId'>, facets: string): Promise<void> {
    const { accountId, name } = currentActor();
    const piece = { ...this.blank(row.examId, row.memberId, row.id), kind: 'key-seen' as const, text: facets };
    await this.store.addEvidence([{ ...piece, actorId: accountId, actorName: name }]);
  }

  /** Answers came from where the exam would not have let the person begin. Told again it changes nothing. */
  async elsewhere({ attempt: { id, examId, memberId }, kind, text }: Elsewhere): Promise<void> {
    await this.uow.run(async () => {
      const known = (await this.store.evidenceCounts(examId, [memberId])).get(memberId) ?? 0;
      if (known >= mostPerAttempt) return;
      await this.store.addEvidence([
        { ...this.blank(examId, memberId, id), id: sameId(`${id} ${kind} ${text ?? ''}`), kind, text },
      ]);
      this.uow.afterCommit(() => this.activity.touch(examId, id));
    });
  }

  /** Within the actor's scope. */
  async of(examId: string, memberId?: string): Promise<EvidenceRow[]> {
    const sees = await this.view.scopeOf(examId);
    const seen = new Set((await this.exams.roster(examId)).filter(sees).map((place) => place.memberId));
    return (await this.store.evidenceOf(examId, memberId)).filter((row) => seen.has(row.memberId));
  }

  private blank(examId: string, memberId: string, attemptId: string | null): Omit<EvidenceRow, 'kind'> {
    const nobody = { text: null, awayMs: null, clientAt: null, actorId: null, actorName: null };
    return { id: newId(), examId, memberId, attemptId, ...nobody, at: this.clock.now() };
  }
}

/** The same id for the same words, so that several processes tell it once. */
function sameId(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
