import { Injectable } from '@nestjs/common';
import type { Page, Permission, StatFigure, StatRecord, StudyRow, ExamRow, MonthRow } from '@xuekao/contracts';
import { Access, decodeCursor, toPage } from '@xuekao/platform';
import {
  areaOf,
  defaultThresholds,
  examRows,
  hoursOf,
  membersAllSpan,
  membersOnLastDay,
  monthSpan,
  overviewOf,
  quarterSpan,
  recordsOf,
  sessionMonths,
  studyRows,
  unitIndex,
  yearSpan,
} from './core/index.js';
import type { Overview, Question, Span, UnitFact, YearFacts } from './core/index.js';
import { StatsRefused } from './stats.errors.js';
import { YearFactsReader } from './year-facts.reader.js';

/** What people ask about; absent `unitId` is the topmost unit of the actor's scope. */
export interface StatsInput {
  readonly year: number;
  readonly quarter?: number | undefined;
  readonly month?: number | undefined;
  readonly unitId?: string | undefined;
  /** Marks in hundredths. */
  readonly threshold?: number | undefined;
}

export interface PageInput {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
}

/** A question with the unit it is about. */
export interface AskedQuestion extends Question {
  readonly unit: UnitFact;
}

export interface MemberHours {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly unit: string;
  /** Hundredths. */
  readonly hours: number;
  readonly target: number;
  readonly reached: boolean;
  /** Joiners of the period are listed, and are not in the base of the rate. */
  readonly allPeriod: boolean;
}

function spanOf({ year, quarter, month }: StatsInput): Span {
  if (quarter !== undefined && month !== undefined) throw new StatsRefused('stats.period.both');
  if (quarter !== undefined) return quarterSpan(year, quarter);
  return month === undefined ? yearSpan(year) : monthSpan(year, month);
}

/** Fewer people than this are no group. */
const smallestGroup = 5;

const byName = new Intl.Collator('zh', { numeric: true });

@Injectable()
export class StatsService {
  constructor(
    private readonly access: Access,
    private readonly reader: YearFactsReader,
  ) {}

  /** The question, once the actor may ask it: the unit must lie in his scope. */
  async ask(input: StatsInput, permission: Permission = 'stats.read'): Promise<AskedQuestion> {
    if (input.unitId !== undefined) await this.access.require(permission, input.unitId);
    const span = spanOf(input);
    const facts = await this.reader.ofYear(input.year);
    const unit = await this.unitOf(facts, input.unitId, permission);
    const thresholds = { ...defaultThresholds, atLeast: input.threshold ?? defaultThresholds.atLeast };
    return { facts, area: areaOf(facts, unit.id, span), thresholds, unit };
  }

  private async unitOf(facts: YearFacts, unitId: string | undefined, permission: Permission): Promise<UnitFact> {
    const { unitIds } = await this.access.scope(permission);
    const visible = facts.units.filter((unit) => unitIds.has(unit.id));
    const tops = visible.filter((unit) => unit.parentId === null || !unitIds.has(unit.parentId));
    const unit = unitId
      ? visible.find((each) => each.id === unitId)
      : (tops.find((each) => each.tree === 'party') ?? tops[0]);
    if (!unit) throw new StatsRefused('stats.scope.empty');
    return unit;
  }

  async overview(input: StatsInput): Promise<Overview & { readonly question: AskedQuestion }> {
    const question = await this.ask(input);
    return { ...overviewOf(question), question };
  }

  async byUnit(input: StatsInput): Promise<readonly StudyRow[]> {
    return studyRows(await this.ask(input));
  }

  async sessions(input: StatsInput): Promise<readonly MonthRow[]> {
    return sessionMonths(await this.ask(input));
  }

  /** Of fewer than five people nobody learns the marks who may not read exam results. Source: domain.md §7.2. */
  async exams(input: StatsInput): Promise<readonly (ExamRow & { readonly suppressed: boolean })[]> {
    const question = await this.ask(input);
    const marksSeen = (await this.access.scope('exam.read')).includes(question.unit.id);
    return examRows(question).map((row) => ({ ...row, suppressed: !marksSeen && row.sat.value < smallestGroup }));
  }

  /**
   * The records behind a figure, newest first. Marks of single people are shown only where the actor may read exam
   * results; others see that a person sat. Source: domain.md §7.2.
   */
  async records(input: StatsInput, figure: StatFigure, page: PageInput): Promise<Page<StatRecord>> {
    const question = await this.ask(input);
    const marksSeen = (await this.access.scope('exam.read')).unitIds;
    const rows = recordsOf[figure](question)
      .map((row) =>
        row.kind === 'exam-result' && (row.unitId === null || !marksSeen.has(row.unitId))
          ? { ...row, detail: '' }
          : row,
      )
      .filter((row) => !page.q || `${row.title}${row.person}${row.unit}`.includes(page.q))
      .toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : byName.compare(a.person, b.person)));
    return pageOf(rows, page);
  }

  /** Study hours of each member of the area, by unit and name. */
  async hours(input: StatsInput, page: PageInput): Promise<Page<MemberHours>> {
    const question = await this.ask(input);
    const hours = hoursOf(question);
    const allPeriod = new Set(membersAllSpan(question.facts, question.area).map((row) => row.memberId));
    const units = unitIndex(question.facts);
    const target = question.thresholds.memberHours;
    const rows = membersOnLastDay(question.facts, question.area)
      .map((row) => {
        const earned = hours.get(row.memberId) ?? 0;
        return {
          memberId: row.memberId,
          name: row.name,
          unitId: row.unitId,
          unit: units.get(row.unitId)?.name ?? '',
          hours: earned,
          target,
          reached: earned >= target,
          allPeriod: allPeriod.has(row.memberId),
        };
      })
      .filter((row) => !page.q || `${row.name}${row.unit}`.includes(page.q))
      .toSorted((a, b) => byName.compare(a.unit, b.unit) || byName.compare(a.name, b.name));
    return pageOf(rows, page);
  }
}

/** A page of a list that is made anew each time: the cursor is the number of rows before it. */
function pageOf<T>(rows: readonly T[], { cursor, limit }: PageInput): Page<T> {
  const [start] = decodeCursor(cursor) ?? [];
  const from = typeof start === 'number' && Number.isInteger(start) && start > 0 ? start : 0;
  return toPage(rows.slice(from, from + limit + 1), limit, rows.length, () => [from + limit]);
}
