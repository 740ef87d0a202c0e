import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { instantAt } from '@xuekao/kernel';
import { AppConfig, Outbox } from '@xuekao/platform';
import { StatsService } from '@xuekao/stats';
import type { StatsInput } from '@xuekao/stats';
import { reportDocument } from './core/index.js';
import type { Table } from './core/index.js';
import { renderDocx } from './docx/report-docx.js';
import { tablesOf } from './report.composer.js';
import { ReportReader } from './report.reader.js';
import type { OpenReport } from './report.reader.js';
import { renderXlsx } from './xlsx/tables-xlsx.js';

const creator = '学考';

export interface ReportFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** DOCX and XLSX. Every export is an event, written before the first byte leaves. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly config: AppConfig,
    private readonly reader: ReportReader,
    private readonly stats: StatsService,
  ) {}

  /** A final report gives the same bytes for ever; a draft the same as long as nothing changes. */
  async document(id: string): Promise<ReportFile> {
    const open = await this.reader.open(id);
    const { report, content } = open;
    const paper = reportDocument({
      title: report.title,
      sections: content.sections,
      signature: report.signature,
      signedOn: report.signedOn ?? content.asOf,
      tables: this.marked(open),
      gaps: content.gaps,
      note: this.noteOf(open),
    });
    await this.tell('report.exported', 'report', id, report.unitId, { format: 'docx', state: report.state });
    return { name: `${report.title}.docx`, bytes: await renderDocx(paper, this.stampOf(open)) };
  }

  async tables(id: string): Promise<ReportFile> {
    const open = await this.reader.open(id);
    const { report } = open;
    await this.tell('report.exported', 'report', id, report.unitId, { format: 'xlsx', state: report.state });
    return { name: `${report.title}附表.xlsx`, bytes: await renderXlsx(this.marked(open), this.stampOf(open)) };
  }

  /** The four tables of a unit and period, without a report. */
  async statistics(input: StatsInput): Promise<ReportFile> {
    const question = await this.stats.ask(input);
    const { unit, facts } = question;
    await this.tell('stats.exported', 'unit', unit.id, unit.id, { format: 'xlsx', ...input });
    const at = instantAt(facts.asOf, '00:00', this.config.zone);
    return {
      name: `${unit.name}${facts.year}年统计表.xlsx`,
      bytes: await renderXlsx(tablesOf(question), { creator, at }),
    };
  }

  private noteOf({ content, frozen }: OpenReport): string {
    return frozen ? `${content.note}　定稿校验：${frozen.checksum.slice(0, 16)}` : content.note;
  }

  private marked(open: OpenReport): readonly Table[] {
    const note = this.noteOf(open);
    return open.content.tables.map((table) => ({ ...table, note }));
  }

  private stampOf({ frozen, content }: OpenReport): { creator: string; at: number } {
    return { creator, at: frozen?.frozenAt ?? instantAt(content.asOf, '00:00', this.config.zone) };
  }

  private tell(type: string, subjectType: string, subjectId: string, unitId: string, payload: object): Promise<void> {
    return this.uow.run(() => this.outbox.add({ type, subjectType, subjectId, unitId, payload }));
  }
}
