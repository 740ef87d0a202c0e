import { Injectable } from '@nestjs/common';
import { sectionKeys } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, currentActor, Outbox } from '@xuekao/platform';
import { emptyRequiredSections } from './core/index.js';
import { ReportComposer } from './report.composer.js';
import { ReportRefused } from './report.errors.js';
import { ReportReader } from './report.reader.js';
import type { OpenReport } from './report.reader.js';
import { ReportStore } from './report.store.js';

/** 定稿: from then on the report says what it said, whatever the records become. */
@Injectable()
export class ReportFinalising {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly store: ReportStore,
    private readonly composer: ReportComposer,
    private readonly reader: ReportReader,
  ) {}

  /** Freezes figures and text of the version that was read. Refuses with the list while gaps or empty sections remain. */
  async finalise(id: string, version: number): Promise<OpenReport> {
    const report = await this.reader.draft(id);
    const open = await this.reader.open(id, 'report.write');
    refuseUnfinished(open);
    const kept = this.composer.frozen(open.report, open.content);
    const at = this.clock.now();
    await this.uow.run(async () => {
      if (!(await this.store.change(id, version, { state: 'final', finalisedAt: at })))
        throw new ReportRefused('report.version.stale', { given: version, current: report.version });
      await this.store.freeze({ reportId: id, ...kept, frozenBy: currentActor().name, frozenAt: at });
      await this.outbox.add({
        type: 'report.finalised',
        subjectType: 'report',
        subjectId: id,
        unitId: report.unitId,
        payload: { year: report.year, checksum: kept.checksum },
      });
    });
    return this.reader.open(id);
  }
}

function refuseUnfinished({ report, content }: OpenReport): void {
  const { gaps, sections } = content;
  if (gaps.length > 0) {
    const labels = gaps.map((gap) => gap.label);
    const errors = gaps.map((gap) => ({
      path: `${gap.section}.${gap.sentence}.${gap.slot}`,
      code: 'report.gap',
      message: `${sectionKeys[gap.section]}：${gap.label}`,
    }));
    throw new ReportRefused('report.gaps', { count: gaps.length, gaps: labels }, errors);
  }
  const empty = emptyRequiredSections(sections);
  if (empty.length > 0)
    throw new ReportRefused('report.sections.empty', { sections: empty.map((key) => sectionKeys[key]) });
  if (report.signedOn === null) throw new ReportRefused('report.signed-on.missing');
}
