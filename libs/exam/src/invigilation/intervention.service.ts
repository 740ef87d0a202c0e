import { Injectable } from '@nestjs/common';
import type { ExemptionReason, ReviewFacet } from '@xuekao/contracts';
import { examStates, reviewFacets } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Access, AppClock } from '@xuekao/platform';
import { AttemptClosing, attemptOf } from '../attempt-closing.js';
import { AttemptSaving } from '../attempt-saving.js';
import type { AttemptRow } from '../attempt.entity.js';
import { AttemptStore } from '../attempt.store.js';
import { decide, longestExtensionMinutes, optionsFrom, shownFacets, tellingOf } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { ExamRefused, decided, found } from '../exam.errors.js';
import { ExamRosters } from '../exam-rosters.js';
import { ExamStore } from '../exam.store.js';
import { MarkingStore } from '../marking/marking.store.js';
import { ScriptStore } from '../marking/script.store.js';
import { EvidenceService } from './evidence.service.js';
import { ExamPulse } from './exam-pulse.js';
import { InterventionLog } from './intervention-log.js';
import type { Target } from './intervention-log.js';

export interface Reopening {
  readonly minutes: number;
  readonly reason: string;
  readonly despiteKey?: boolean;
}

export interface Extension extends Target {
  readonly minutes: number;
  readonly reason: string;
}

/** What organisers change on the day, each time with a reason; running clients hear of it within two seconds. */
@Injectable()
export class InterventionService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly log: InterventionLog,
    private readonly closing: AttemptClosing,
    private readonly saving: AttemptSaving,
    private readonly scripts: ScriptStore,
    private readonly marking: MarkingStore,
    private readonly evidence: EvidenceService,
    private readonly rosters: ExamRosters,
    private readonly pulse: ExamPulse,
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {}

  /** More time, given whole: it reaches running attempts at once and beats the closing time. */
  async extend(id: string, { minutes, reason, ...target }: Extension): Promise<ExamRow> {
    requireMinutes(minutes);
    const members = await this.membersOf(id, target);
    return this.uow.run(async () => {
      const exam = await this.published(id);
      const ms = minutes * 60_000;
      if (members) await this.exams.giveTime(id, members, ms);
      const version = exam.version + (members ? 0 : 1);
      const change = { extraMs: exam.extraMs + ms };
      if (!members && !(await this.exams.change(id, exam.version, change))) throw new ExamRefused('resource.conflict');
      await this.attempts.giveTime(id, ms, members);
      await this.log.note(exam, { kind: 'extend', minutes, reason, ...target });
      return members ? exam : { ...exam, ...change, version };
    });
  }

  /**
   * Gives a handed-in attempt back: its answers are there, its marks are gone, and it ends not before `minutes` from now.
   * Where the review tells the person the key ('exam.attempt.key-shown') it takes `despiteKey`, and stays as evidence.
   */
  async reopen(id: string, memberId: string, { minutes, reason, despiteKey = false }: Reopening): Promise<void> {
    requireMinutes(minutes);
    await this.uow.run(async () => {
      const exam = await this.published(id);
      const newest = (await this.attempts.ofMember(id, memberId)).at(-1);
      if (!newest) throw new ExamRefused('exam.attempt.unknown');
      const row = found(await this.attempts.byIdForUpdate(newest.id));
      const command = { kind: 'reopen', limitMs: minutes * 60_000 } as const;
      const [event] = decided(decide(attemptOf(row, exam), command, () => undefined, this.clock.now()));
      if (event?.kind !== 'reopened') return;
      if ((await this.scripts.scriptsOfAttempt(row.id)).length > 0) throw new ExamRefused('exam.attempt.being-marked');
      const told = await this.toldOf(exam, row);
      if (told.length > 0) {
        const facets = told.map((facet) => reviewFacets[facet]).join('、');
        if (!despiteKey) throw new ExamRefused('exam.attempt.key-shown', { facets });
        await this.evidence.keySeen(row, facets);
      }
      await this.attempts.dropMarks(row.id);
      const { deadlineAt } = event;
      const nothing = { endedAt: null, endedBy: null, raw: null, score: null };
      await this.attempts.change(row.id, { state: 'open', deadlineAt, ...nothing });
      await this.log.note(exam, { kind: 'reopen', memberId, minutes, reason });
    });
  }

  private async toldOf(exam: ExamRow, { state, number, score }: AttemptRow): Promise<readonly ReviewFacet[]> {
    const options = (await this.marking.of(exam.id))?.review ?? optionsFrom(exam.review);
    const seen = { isOpen: state === 'open', number, isWaiting: score === null };
    return tellingOf(shownFacets(options, exam, seen, this.clock.now()));
  }

  /** Takes in what is still being worked on, as it is; how many. A hundred in a transaction: saves go on meanwhile. */
  async collect(id: string, reason: string, target: Target = {}): Promise<number> {
    const members = await this.membersOf(id, target);
    await this.uow.run(async () => {
      await this.log.note(await this.published(id), { kind: 'collect', reason, ...target });
    });
    const chosen = members && new Set(members);
    await this.saving.settled();
    const open = (await this.attempts.openOf(id)).filter((each) => !chosen || chosen.has(each.memberId));
    await this.closing.collectAll(
      open.map((each) => each.id),
      'organiser',
    );
    await this.uow.run(() => this.pulse.beat(id));
    return open.length;
  }

  /**
   * 缓考 or 免考 for one person, or back on the list with null; before publishing and after it, as long as he has not begun.
   */
  async exempt(id: string, memberId: string, exemption: ExemptionReason | null, reason: string): Promise<void> {
    await this.uow.run(async () => {
      const exam = found(await this.exams.byIdForUpdate(id));
      await this.access.require('exam.manage', exam.unitId);
      if (exam.state === 'archived') throw new ExamRefused('exam.not-published', factsOf(exam));
      if (exam.state !== 'draft') {
        if (!(await this.exams.place(id, memberId))) throw new ExamRefused('exam.roster.unknown-member');
        const begun = (await this.attempts.ofMember(id, memberId)).length > 0;
        if (begun && exemption !== null) throw new ExamRefused('exam.roster.already-sat');
        await this.exams.exempt(id, memberId, exemption);
      }
      await this.log.note(exam, { kind: exemption === null ? 'readmit' : 'exempt', memberId, exemption, reason });
    });
  }

  private async published(id: string): Promise<ExamRow> {
    const exam = found(await this.exams.byIdForUpdate(id));
    await this.access.require('exam.manage', exam.unitId);
    if (exam.state !== 'published') throw new ExamRefused('exam.not-published', factsOf(exam));
    return exam;
  }

  /** Undefined for everybody. */
  private async membersOf(examId: string, { memberId, unitId }: Target): Promise<string[] | undefined> {
    const exam = found(await this.exams.byId(examId));
    await this.access.require('exam.manage', exam.unitId);
    if (memberId !== undefined) {
      if (!(await this.exams.place(examId, memberId))) throw new ExamRefused('exam.roster.unknown-member');
      return [memberId];
    }
    if (unitId === undefined) return undefined;
    const units = await this.rosters.unitsUnder(unitId);
    const places = (await this.exams.roster(examId)).filter((place) => place.unitId && units.has(place.unitId));
    if (places.length === 0) throw new ExamRefused('exam.roster.not-in-unit');
    return places.map((place) => place.memberId);
  }
}

const factsOf = (exam: ExamRow) => ({ title: exam.title, state: examStates[exam.state] });

function requireMinutes(minutes: number): void {
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > longestExtensionMinutes) {
    throw new ExamRefused('exam.extension-invalid', { most: longestExtensionMinutes });
  }
}
