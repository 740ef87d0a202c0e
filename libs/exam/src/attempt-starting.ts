import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { isId, isRefusal, newId, periodOf, seededRng } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { AppClock, AppConfig, Outbox, currentActor } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import type { AttemptRow } from './attempt.entity.js';
import { AttemptStartStore, ready } from './attempt-start.store.js';
import type { Opening, StartableAttempt } from './attempt-start.store.js';
import { byMember, decideStart, grouped, layoutOf } from './core/index.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamRefused, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { AttemptActivity } from './invigilation/attempt-activity.js';
import { PaperCache } from './paper-cache.js';
import { Batches, startLimits } from './save-batches.js';

/** Makes the attempts of an exam ahead of its start. */
export const prepareJob = 'exam.attempts.prepare';

export interface StartedAttempt {
  readonly id: string;
  readonly number: number;
  readonly deadlineAt: Instant;
}

interface StartRequest {
  readonly examId: string;
  readonly memberId: string;
  readonly device: string;
  readonly actor: Actor;
}

/** What a batch of one exam knows and will write. */
interface Opened {
  readonly exam: ExamRow;
  readonly places: ReadonlyMap<string, RosterRow>;
  readonly attempts: Map<string, StartableAttempt[]>;
  readonly openings: Opening[];
  readonly fresh: AttemptRow[];
  readonly started: { readonly actor: Actor; readonly attempt: StartableAttempt }[];
}

/** Starts attempts: all that click at one moment in one transaction, most of them on attempts made ahead. */
@Injectable()
export class AttemptStarting {
  private readonly batches = new Batches(
    (requests: readonly StartRequest[]) => this.uow.run(() => this.startAll(requests)),
    startLimits,
  );

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: AttemptStartStore,
    private readonly exams: ExamStore,
    private readonly papers: PaperCache,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly outbox: Outbox,
    private readonly activity: AttemptActivity,
  ) {}

  /** Starts, or gives the open attempt again: a second click or a second device makes no second attempt. */
  async start(examId: string, memberId: string, device: string): Promise<StartedAttempt> {
    if (!isId(examId)) throw new ExamRefused('resource.not-found');
    const request = { examId, memberId, device, actor: currentActor() };
    if (!this.uow.isOpen) return this.batches.take(request);
    const [outcome] = await this.startAll([request]);
    if (outcome instanceof Error) throw outcome;
    return outcome!;
  }

  /** Makes the first attempts of people on the roster ahead of the start; safe to repeat. */
  async prepare(examId: string, chunk = 100): Promise<void> {
    const exam = await this.exams.byId(examId);
    if (exam?.state !== 'published') return;
    await this.papers.get(exam.paperId);
    const due = (await this.exams.roster(examId)).filter((place) => place.exemption === null);
    for (let start = 0; start < due.length; start += chunk) {
      const rows: AttemptRow[] = [];
      for (const { memberId } of due.slice(start, start + chunk)) {
        rows.push(await this.rowOf(exam, memberId, 1, exam.opensAt));
      }
      await this.uow.run(async () => {
        // As a start does: else a start that saw no attempt yet would lose its own to the one made ahead.
        await this.store.holdPlaces(
          examId,
          rows.map((row) => row.memberId),
        );
        await this.store.add(rows.map((row) => ({ ...row, state: ready as never })));
      });
    }
  }

  private async startAll(requests: readonly StartRequest[]): Promise<(StartedAttempt | Error)[]> {
    const outcomes = new Map<StartRequest, StartedAttempt | Error>();
    for (const [examId, same] of grouped(requests, (request) => request.examId)) {
      const opened = await this.load(examId, [...new Set(same.map(({ memberId }) => memberId))]);
      for (const request of same) {
        outcomes.set(request, opened ? await this.decide(opened, request) : new ExamRefused('resource.not-found'));
      }
      if (opened) await this.write(opened);
    }
    return requests.map((request) => outcomes.get(request)!);
  }

  private async load(examId: string, memberIds: readonly string[]): Promise<Opened | null> {
    const places = await this.store.holdPlaces(examId, memberIds);
    const exam = await this.exams.byId(examId);
    if (!exam || exam.state === 'draft') return null;
    return {
      exam,
      places: new Map(places.map((place) => [place.memberId, place])),
      attempts: byMember(await this.store.ofMembers(examId, memberIds)),
      openings: [],
      fresh: [],
      started: [],
    };
  }

  private async decide(opened: Opened, { memberId, device, actor }: StartRequest): Promise<StartedAttempt | Error> {
    const { exam, places, attempts, openings, fresh, started } = opened;
    const own = attempts.get(memberId) ?? [];
    const past = own.filter(({ state }) => state !== ready);
    const known = past.map(({ id, number, state }) => ({ id, number, isOpen: state === 'open' }));
    const now = this.clock.now();
    const start = decideStart(exam, places.get(memberId), known, now);
    if (isRefusal(start)) return ExamRefused.of(start);
    if (start.kind === 'resume') return found(past.find(({ id }) => id === start.attemptId));
    const { number, deadlineAt } = start;
    const prepared = own.find((attempt) => attempt.state === ready && attempt.number === number);
    if (prepared) openings.push({ id: prepared.id, writer: device, deadlineAt });
    else fresh.push({ ...(await this.rowOf(exam, memberId, number, now)), writer: device, deadlineAt });
    const id = prepared?.id ?? fresh.at(-1)!.id;
    const attempt = { id, examId: exam.id, memberId, number, state: 'open' as const, deadlineAt };
    attempts.set(memberId, [...past, attempt]);
    started.push({ actor, attempt });
    return attempt;
  }

  private async write({ exam, openings, fresh, started }: Opened): Promise<void> {
    const now = this.clock.now();
    const { localDate, isoWeek, year } = periodOf(now, this.config.zone);
    await this.store.open(openings, { startedAt: now, localDate, isoWeek, year });
    await this.store.add(fresh);
    this.uow.afterCommit(() => {
      for (const { attempt } of started) this.activity.touch(exam.id, attempt.id);
    });
    await this.outbox.addAll(
      started.map(({ actor, attempt: { id, memberId, number, deadlineAt } }) => ({
        type: 'exam.attempt.started',
        subjectType: 'exam-attempt',
        subjectId: id,
        unitId: exam.unitId,
        payload: { examId: exam.id, memberId, number, deadlineAt },
        actor,
      })),
    );
  }

  private async rowOf(exam: ExamRow, memberId: string, number: number, startedAt: Instant): Promise<AttemptRow> {
    const paper = await this.papers.get(exam.paperId);
    const id = newId();
    const shuffling = { questions: exam.shuffleQuestions, options: exam.shuffleOptions };
    const bodyOf = (versionId: string) => paper.bodies.get(versionId)!;
    const { localDate, isoWeek, year } = periodOf(startedAt, this.config.zone);
    return {
      id,
      examId: exam.id,
      memberId,
      number,
      state: 'open',
      endedBy: null,
      startedAt,
      deadlineAt: exam.closesAt,
      endedAt: null,
      writer: '',
      layout: layoutOf(paper.items as never, bodyOf, shuffling, seededRng(id)),
      raw: null,
      correctedBy: null,
      full: paper.items.reduce((sum, item) => sum + item.marks, 0),
      score: null,
      localDate,
      isoWeek,
      year,
    };
  }
}
