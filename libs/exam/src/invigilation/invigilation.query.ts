import { Injectable } from '@nestjs/common';
import type { InvigilationRow, InvigilationState } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { Access, AppClock } from '@xuekao/platform';
import type { Scope } from '@xuekao/platform';
import { AttemptStore } from '../attempt.store.js';
import type { AttemptSummary } from '../attempt.store.js';
import { byMember, sittingStateOf } from '../core/index.js';
import type { ExamRow, RosterRow } from '../exam.entity.js';
import { ExamRefused, found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import type { PresenceRow } from './day.entity.js';
import { DayStore } from './day.store.js';

/** Clients tell of themselves every ten seconds. */
const silentMs = 30_000;

interface Seen {
  readonly attempts: readonly AttemptSummary[];
  readonly saved: number;
  readonly lastSavedAt: Instant | null;
  readonly presence: PresenceRow | undefined;
  readonly evidence: number;
}

/** The console of an exam under way: everybody on the roster, as he stands now. */
@Injectable()
export class InvigilationQuery {
  constructor(
    private readonly exams: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly store: DayStore,
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {}

  /** Within the actor's scope: the owner's sees everybody, a branch its own people; others do not find the exam. */
  async of(examId: string): Promise<InvigilationRow[]> {
    const sees = await this.scopeOf(examId);
    return (await this.rows(examId)).filter(sees);
  }

  /** Which rows the actor may see. */
  async scopeOf(examId: string): Promise<(row: Pick<InvigilationRow, 'unitId'>) => boolean> {
    const exam = found(await this.exams.byId(examId));
    const scope = await this.access.scope('exam.read');
    const ownsAll = scope.includes(exam.unitId);
    if (exam.state === 'draft' && !ownsAll) throw new ExamRefused('resource.not-found');
    const sees = (row: Pick<InvigilationRow, 'unitId'>): boolean => ownsAll || isInScope(scope, row.unitId);
    if (!ownsAll && !(await this.exams.roster(examId)).some(sees)) throw new ExamRefused('resource.not-found');
    return sees;
  }

  /** Without asking who looks; all, or these people. */
  async rows(examId: string, memberIds?: ReadonlySet<string>): Promise<InvigilationRow[]> {
    const exam = found(await this.exams.byId(examId));
    const roster = await this.exams.roster(examId);
    const places = memberIds ? roster.filter((place) => memberIds.has(place.memberId)) : roster;
    const all = await this.attempts.ofExams([examId]);
    const attempts = byMember(memberIds ? all.filter((attempt) => memberIds.has(attempt.memberId)) : all);
    const newest = [...attempts.values()].flatMap((own) => own.at(-1)?.id ?? []);
    const activity = await this.attempts.activityOf(examId, memberIds ? newest : undefined);
    const presence = new Map((await this.store.presenceOf(examId)).map((row) => [row.attemptId, row]));
    const evidence = await this.store.evidenceCounts(examId, memberIds && [...memberIds]);
    const now = this.clock.now();
    return places.map((place) => {
      const own = attempts.get(place.memberId) ?? [];
      const id = own.at(-1)?.id ?? '';
      const { saved = 0, lastSavedAt = null } = activity.get(id) ?? {};
      const pieces = evidence.get(place.memberId) ?? 0;
      const seen = { attempts: own, saved, lastSavedAt, presence: presence.get(id), evidence: pieces };
      return rowOf(exam, place, seen, now);
    });
  }
}

function isInScope(scope: Scope, unitId: string | null): boolean {
  return unitId !== null && scope.includes(unitId);
}

function rowOf(exam: ExamRow, place: RosterRow, seen: Seen, now: Instant): InvigilationRow {
  const newest = seen.attempts.at(-1) ?? null;
  return {
    memberId: place.memberId,
    name: place.name,
    staffNumber: place.staffNumber,
    unitId: place.unitId,
    unitName: place.unitName,
    state: stateOf(exam, place, seen, now),
    exemption: place.exemption,
    attemptId: newest?.id ?? null,
    startedAt: newest?.startedAt ?? null,
    deadlineAt: newest?.deadlineAt ?? null,
    endedAt: newest?.endedAt ?? null,
    endedBy: newest?.endedBy ?? null,
    saved: seen.saved,
    lastSavedAt: seen.lastSavedAt,
    seenAt: later(seen.presence?.seenAt ?? null, seen.lastSavedAt),
    extraMinutes: Math.round((exam.extraMs + place.extraMs) / 60_000),
    evidence: seen.evidence,
  };
}

/**
 * Disconnected is who left, or was not heard of for half a minute, and has saved nothing since. Who never told of himself is
 * not judged.
 */
function stateOf(
  exam: ExamRow,
  place: RosterRow,
  { attempts, presence, lastSavedAt }: Seen,
  now: Instant,
): InvigilationState {
  const past = attempts.map(({ id, number, state }) => ({ id, number, isOpen: state === 'open' }));
  const state = sittingStateOf(place, past, exam.state);
  const isGone = presence && (!presence.isConnected || now - presence.seenAt > silentMs);
  const isAway = isGone && presence.seenAt > (lastSavedAt ?? 0);
  return state === 'working' && isAway ? 'disconnected' : state;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
