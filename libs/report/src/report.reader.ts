import { Injectable } from '@nestjs/common';
import { unitKinds, type Page, type Permission, type StatRecord, type UnitKind } from '@xuekao/contracts';
import { zonedParts } from '@xuekao/kernel';
import { Access, AppConfig, decodeCursor, toPage } from '@xuekao/platform';
import { recordsById, StatsService } from '@xuekao/stats';
import type { UnitFact } from '@xuekao/stats';
import { figuresOf } from './core/index.js';
import { ReportComposer } from './report.composer.js';
import type { ReportContent } from './report.composer.js';
import type { ReportEntity, ReportFrozenEntity, ReportSectionEntity } from './report.entity.js';
import { found, ReportRefused } from './report.errors.js';
import { ReportStore } from './report.store.js';

export interface OpenReport {
  readonly report: ReportEntity;
  readonly texts: readonly ReportSectionEntity[];
  readonly content: ReportContent;
  readonly frozen: ReportFrozenEntity | null;
}

const reporting: readonly UnitKind[] = ['party-group', 'party-committee', 'general-branch', 'branch'];

@Injectable()
export class ReportReader {
  constructor(
    private readonly access: Access,
    private readonly store: ReportStore,
    private readonly composer: ReportComposer,
    private readonly stats: StatsService,
    private readonly config: AppConfig,
  ) {}

  async list(input: { year?: number; cursor?: string; limit: number }): Promise<Page<ReportEntity>> {
    const { unitIds } = await this.access.scope('report.read');
    const [year, id] = decodeCursor(input.cursor) ?? [];
    const after = year === undefined || id === undefined ? undefined : ([Number(year), String(id)] as const);
    const { rows, total } = await this.store.page([...unitIds], input.year, input.limit + 1, after);
    return toPage(rows, input.limit, total, (last) => [last.year, last.id]);
  }

  /** The report with its content: live while it is a draft, as frozen once it is final. */
  async open(id: string, permission: Permission = 'report.read'): Promise<OpenReport> {
    const report = found(await this.store.byId(id));
    await this.access.require(permission, report.unitId);
    const texts = await this.store.sectionsOf(id);
    const frozen = report.state === 'final' ? found(await this.store.frozen(id)) : null;
    const content = frozen ? this.composer.thawed(frozen) : await this.composer.compose(report, texts, permission);
    return { report, texts, content, frozen };
  }

  /** A report that the actor may still write. Refuses 'report.final'. */
  async draft(id: string): Promise<ReportEntity> {
    const report = found(await this.store.byId(id));
    await this.access.require('report.write', report.unitId);
    if (report.finalisedAt === null) return report;
    const finalisedOn = zonedParts(report.finalisedAt, this.config.zone).date;
    throw new ReportRefused('report.final', { finalisedOn });
  }

  /** The unit, if it is one that reports and the actor writes for it. */
  async reportingUnit(year: number, unitId: string): Promise<UnitFact> {
    const { unit } = await this.stats.ask({ year, unitId }, 'report.write');
    if (!reporting.includes(unit.kind)) throw new ReportRefused('report.unit.kind', { kind: unitKinds[unit.kind] });
    return unit;
  }

  /** The records behind one figure of the report, by the ids that it keeps. */
  async records(id: string, key: string): Promise<readonly StatRecord[]> {
    const { report, content } = await this.open(id);
    const figure = figuresOf(content.figures).find((each) => each.key === key);
    if (!figure) throw new ReportRefused('report.figure.unknown', { figure: key });
    const { facts } = await this.stats.ask({ year: report.year, unitId: report.unitId }, 'report.read');
    return recordsById(facts, figure.trace.kind, figure.trace.ids);
  }
}
