import { Injectable } from '@nestjs/common';
import type { ExamState } from '@xuekao/contracts';
import { examStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { refuse, zonedParts } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock, AppConfig, JobQueue, Outbox } from '@xuekao/platform';
import { AttemptClosing } from './attempt-closing.js';
import { AttemptSaving } from './attempt-saving.js';
import { AttemptStartStore } from './attempt-start.store.js';
import { prepareJob } from './attempt-starting.js';
import { AttemptStore } from './attempt.store.js';
import { byMember, countedScores, lastStartOf } from './core/index.js';
import { ExamRosters } from './exam-rosters.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamRefused, allowed, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import { DayStore } from './invigilation/day.store.js';
import { ExamPulse } from './invigilation/exam-pulse.js';

/** Publishing, running and closing exams. */
@Injectable()
export class ExamRunService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly closing: AttemptClosing,
    private readonly saving: AttemptSaving,
    private readonly rosters: ExamRosters,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
    private readonly outbox: Outbox,
    private readonly jobs: JobQueue,
    private readonly starts: AttemptStartStore,
    private readonly day: DayStore,
    private readonly pulse: ExamPulse,
  ) {}

  /** Freezes the roster with its exemptions; afterwards the terms stand. */
  async publish(id: string): Promise<ExamRow> {
    return this.uow.run(async () => {
      const exam = await this.inState(id, 'draft', 'exam.not-draft');
      const now = this.clock.now();
      if (exam.closesAt <= now) throw new ExamRefused('exam.window-passed', { closesAt: exam.closesAt });
      const roster =
        exam.makeUpOf === null ? await this.freshRoster(exam) : await this.makeUpRoster(exam, exam.makeUpOf);
      const due = roster.filter((place) => place.exemption === null).length;
      if (due === 0) throw new ExamRefused('exam.roster-empty');
      await this.store.addRoster(roster);
      const published = await this.change(exam, { state: 'published', publishedAt: now });
      await this.jobs.enqueue({ name: prepareJob, payload: { examId: exam.id } });
      await this.tell('exam.published', published, { due, exempt: roster.length - due, opensAt: exam.opensAt });
      return published;
    });
  }

  /** Who is due today. What was granted in the draft comes before what the organisation has approved. */
  private async freshRoster(exam: ExamRow): Promise<RosterRow[]> {
    const today = zonedParts(this.clock.now(), this.config.zone).date;
    const people = await this.rosters.dueIn(exam.unitId, today);
    const granted = await this.day.exemptionsOf(exam.id);
    return people.map((person) => {
      const exemption = granted.has(person.memberId) ? (granted.get(person.memberId) ?? null) : person.exemption;
      return { ...person, exemption, examId: exam.id, extraMs: 0 };
    });
  }

  /**
   * Who did not sit or did not pass the first exam, 缓考 with them; 免考 and those who passed are done, and who has left since
   * is on no list. People stand where they stand today. A 缓考 of the organisation was for the first exam; for this one it has
   * to be granted in its draft.
   */
  private async makeUpRoster(exam: ExamRow, firstId: string): Promise<RosterRow[]> {
    const first = found(await this.store.byId(firstId));
    if (first.state !== 'closed' && first.state !== 'archived') {
      throw new ExamRefused('exam.make-up-invalid', { makeUpOf: firstId });
    }
    const handedIn = await this.attempts.ofExams([firstId]);
    const waiting = handedIn.filter((each) => each.state === 'handed-in' && each.score === null).length;
    if (waiting > 0) throw new ExamRefused('exam.make-up.marking-open', { waiting });
    const scores = countedScores(first.attemptPolicy, handedIn);
    const granted = await this.day.exemptionsOf(exam.id);
    const firstPlaces = new Map((await this.store.roster(firstId)).map((place) => [place.memberId, place]));
    return (await this.freshRoster(exam)).flatMap((person): RosterRow[] => {
      const place = firstPlaces.get(person.memberId);
      if (!place) return [];
      const score = scores.get(person.memberId) ?? null;
      const isDone = score !== null ? score >= first.passLine : !isSittable(place.exemption);
      if (isDone) return [];
      const isOld = person.exemption === 'exam-deferred' && !granted.has(person.memberId);
      return [{ ...person, exemption: isOld ? null : person.exemption }];
    });
  }

  /** Results final. Before everybody's time is up it needs `collect`, which takes the papers in as they are. */
  async close(id: string, collect = false): Promise<ExamRow> {
    await this.saving.settled();
    return this.uow.run(async () => {
      const exam = await this.inState(id, 'published', 'exam.not-published');
      const now = this.clock.now();
      const open = await this.attempts.openOf(id);
      const running = open.filter((attempt) => attempt.deadlineAt > now).length;
      const mayStart = await this.mayStart(exam, now);
      const isEarly = now < lastStartOf(exam, { exemption: null, extraMs: 0 });
      if (!collect && (running > 0 || mayStart > 0 || isEarly)) {
        allowed(refuse('exam.still-open', { working: running, mayStart }));
      }
      const isOver = (attempt: { deadlineAt: number }): boolean => now >= attempt.deadlineAt + exam.graceMs;
      const idsOf = (over: boolean): string[] => open.filter((each) => isOver(each) === over).map(({ id }) => id);
      await this.closing.collectAll(idsOf(true), 'deadline');
      await this.closing.collectAll(idsOf(false), 'organiser');
      await this.starts.dropReady(id);
      await this.pulse.beat(id);
      const closed = await this.change(exam, { state: 'closed', closedAt: now });
      await this.tell('exam.closed', closed, await this.countsOf(closed));
      return closed;
    });
  }

  /** People whose own time to begin is not over, extensions counted, and who have an attempt left. */
  private async mayStart(exam: ExamRow, now: Instant): Promise<number> {
    const begun = byMember(await this.attempts.ofExams([exam.id]));
    return (await this.store.roster(exam.id)).filter((place) => {
      const own = begun.get(place.memberId) ?? [];
      const isAtWork = own.some((attempt) => attempt.state === 'open');
      return place.exemption === null && !isAtWork && own.length < exam.attempts && now < lastStartOf(exam, place);
    }).length;
  }

  async archive(id: string): Promise<ExamRow> {
    return this.uow.run(async () => {
      const exam = await this.inState(id, 'closed', 'exam.not-closed');
      const archived = await this.change(exam, { state: 'archived' });
      await this.tell('exam.archived', archived, {});
      return archived;
    });
  }

  private async countsOf(exam: ExamRow): Promise<{ due: number; sat: number; passed: number }> {
    const roster = await this.store.roster(exam.id);
    const attempts = await this.attempts.ofExams([exam.id]);
    const scores = [...countedScores(exam.attemptPolicy, attempts).values()].filter((score) => score !== null);
    const due = roster.filter((place) => place.exemption === null).length;
    return { due, sat: scores.length, passed: scores.filter((score) => score >= exam.passLine).length };
  }

  private async inState(id: string, state: ExamState, code: string): Promise<ExamRow> {
    const exam = found(await this.store.byIdForUpdate(id));
    await this.access.require('exam.manage', exam.unitId);
    if (exam.state !== state) throw new ExamRefused(code, { title: exam.title, state: examStates[exam.state] });
    return exam;
  }

  private async change(exam: ExamRow, change: Partial<ExamRow>): Promise<ExamRow> {
    if (!(await this.store.change(exam.id, exam.version, change))) throw new ExamRefused('resource.conflict');
    return { ...exam, ...change, version: exam.version + 1 };
  }

  private tell(type: string, exam: ExamRow, payload: object, reason?: string): Promise<void> {
    const subject = { type, subjectType: 'exam', subjectId: exam.id, unitId: exam.unitId };
    const event = { ...subject, payload: { title: exam.title, level: exam.level, ...payload } };
    return this.outbox.add(reason === undefined ? event : { ...event, reason });
  }
}

/** Somebody without a result still has to sit when nothing, or only 缓考, kept him away. */
function isSittable(exemption: string | null): boolean {
  return exemption === null || exemption === 'exam-deferred';
}
