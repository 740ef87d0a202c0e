import { Injectable } from '@nestjs/common';
import type { Page, Permission, SittingState } from '@xuekao/contracts';
import { isId } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { arabicOf } from '@xuekao/bank';
import { Access, AppClock, decodeCursor, toPage } from '@xuekao/platform';
import type { Scope } from '@xuekao/platform';
import { AttemptStore } from './attempt.store.js';
import type { AttemptSummary } from './attempt.store.js';
import { byMember, countedScore, sittingStateOf } from './core/index.js';
import type { ExamRow, RosterRow } from './exam.entity.js';
import { ExamRefused, found } from './exam.errors.js';
import { ExamStore } from './exam.store.js';
import type { ExamFilter } from './exam.store.js';

export interface ExamQueryInput extends ExamFilter {
  readonly cursor?: string;
  readonly limit: number;
}

export interface SittingRow {
  readonly place: RosterRow;
  readonly state: SittingState;
  readonly attempt: AttemptSummary | null;
  readonly score: number | null;
  readonly saved: number;
  readonly lastSavedAt: Instant | null;
}

export interface ExamSittings {
  readonly exam: ExamRow;
  readonly rows: readonly SittingRow[];
  readonly serverNow: Instant;
}

const collator = new Intl.Collator('zh', { numeric: true });

/** 第一党支部 comes before 第二党支部, which their pinyin would turn round. */
function inOrder(a: string, b: string): number {
  const figures = (text: string): string => text.replace(/[〇一二三四五六七八九十百]+/gu, arabicOf);
  return collator.compare(figures(a), figures(b));
}

/** Reading for organisers, within their scope: the owner's scope sees everybody, a branch sees its own people. */
@Injectable()
export class ExamQuery {
  constructor(
    private readonly store: ExamStore,
    private readonly attempts: AttemptStore,
    private readonly access: Access,
    private readonly clock: AppClock,
  ) {}

  async list(input: ExamQueryInput): Promise<Page<ExamRow>> {
    const { unitIds } = await this.access.scope('exam.read');
    const [opensAt, id] = decodeCursor(input.cursor) ?? [];
    const isCursor = typeof opensAt === 'number' && typeof id === 'string' && isId(id);
    const after = isCursor ? ([opensAt, id] as const) : undefined;
    const { rows, total } = await this.store.page([...unitIds], input, input.limit, after);
    return toPage(rows, input.limit, total, (last) => [last.opensAt, last.id]);
  }

  async get(id: string): Promise<ExamRow> {
    return (await this.visible(id, 'exam.read')).exam;
  }

  /** Everybody on the roster within scope: where he stands, his last save and the score that counts. By unit and name. */
  async sittings(id: string): Promise<ExamSittings> {
    const { exam, scope } = await this.visible(id, 'exam.read');
    const ownsAll = scope.includes(exam.unitId);
    const places = (await this.store.roster(id)).filter((place) => ownsAll || inScope(scope, place));
    const attempts = byMember(await this.attempts.ofExams([id]));
    const activity = await this.attempts.activityOf(id);
    const rows = places.map((place): SittingRow => {
      const own = attempts.get(place.memberId) ?? [];
      const past = own.map((attempt) => ({ ...attempt, isOpen: attempt.state === 'open' }));
      const attempt = own.at(-1) ?? null;
      const active = attempt ? activity.get(attempt.id) : undefined;
      return {
        place,
        attempt,
        state: sittingStateOf(place, past, exam.state),
        score: countedScore(exam.attemptPolicy, own),
        saved: active?.saved ?? 0,
        lastSavedAt: active?.lastSavedAt ?? null,
      };
    });
    rows.sort((a, b) => inOrder(a.place.unitName, b.place.unitName) || inOrder(a.place.name, b.place.name));
    return { exam, rows, serverNow: this.clock.now() };
  }

  /** The roster within scope by unit and name, and a word for that scope: two actors with the same people have the same. */
  async people(id: string): Promise<{ exam: ExamRow; places: readonly RosterRow[]; scopeKey: string }> {
    const { exam, scope } = await this.visible(id, 'exam.read');
    const roster = await this.store.roster(id);
    const ownsAll = scope.includes(exam.unitId);
    const places = ownsAll ? roster : roster.filter((place) => inScope(scope, place));
    const sorted = places.toSorted((a, b) => inOrder(a.unitName, b.unitName) || inOrder(a.name, b.name));
    const scopeKey = ownsAll ? 'all' : [...new Set(places.map((place) => place.unitId))].toSorted().join();
    return { exam, places: sorted, scopeKey };
  }

  private async visible(id: string, permission: Permission): Promise<{ exam: ExamRow; scope: Scope }> {
    const exam = found(await this.store.byId(id));
    const scope = await this.access.scope(permission);
    if (scope.includes(exam.unitId)) return { exam, scope };
    const sits = (await this.store.roster(id)).some((place) => inScope(scope, place));
    if (!sits) throw new ExamRefused('resource.not-found');
    return { exam, scope };
  }
}

function inScope(scope: Scope, place: RosterRow): boolean {
  return place.unitId !== null && scope.includes(place.unitId);
}
