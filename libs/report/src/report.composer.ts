import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AnnualFigures, DataGap, Permission } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { annualFigures, examRows, ledgerRows, monthRows, StatsService, studyRows } from '@xuekao/stats';
import type { AskedQuestion } from '@xuekao/stats';
import {
  chineseDate,
  dataGaps,
  examTable,
  ledgerTable,
  monthTable,
  problemHints,
  reportSections,
  studyTable,
} from './core/index.js';
import type { ReportSection, Table } from './core/index.js';
import type { ReportEntity, ReportFrozenEntity, ReportSectionEntity } from './report.entity.js';
import { ReportRefused } from './report.errors.js';

/** What a report says: live from the records while it is a draft, as frozen once it is final. */
export interface ReportContent {
  readonly unit: string;
  readonly sections: readonly ReportSection[];
  readonly gaps: readonly DataGap[];
  readonly figures: AnnualFigures;
  readonly tables: readonly Table[];
  /** Reporting unit and cut-off, the line above each table. */
  readonly note: string;
  readonly asOf: CivilDate;
}

/** The head of the report as it was signed. */
type FrozenHead = Pick<ReportEntity, 'year' | 'unitId' | 'authorMemberId' | 'title' | 'signature' | 'signedOn'>;

interface FrozenPayload {
  readonly format: 1;
  readonly report: FrozenHead;
  readonly content: ReportContent;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function noteOf({ unit, facts }: AskedQuestion): string {
  return `单位：${unit.name}　${facts.year}年度　数据截止：${chineseDate(facts.asOf)}`;
}

export function tablesOf(question: AskedQuestion): readonly Table[] {
  const note = noteOf(question);
  return [
    studyTable(studyRows(question), note),
    examTable(examRows(question), note),
    ledgerTable(ledgerRows(question), note),
    monthTable(monthRows(question), note),
  ];
}

@Injectable()
export class ReportComposer {
  constructor(private readonly stats: StatsService) {}

  /** The live content; the unit must lie in the actor's scope for the permission. */
  async compose(
    report: ReportEntity,
    texts: readonly ReportSectionEntity[],
    permission: Permission,
  ): Promise<ReportContent> {
    const { year, unitId, threshold, authorMemberId } = report;
    const question = await this.stats.ask({ year, unitId, threshold }, permission);
    const figures = annualFigures(question, question.unit, authorMemberId);
    const hints = problemHints(figures, monthRows(question), studyRows(question));
    const stored = texts.map(({ section, heading, text, omitted }) => ({ key: section, heading, text, omitted }));
    const sections = reportSections(figures, stored, hints);
    return {
      unit: question.unit.name,
      sections,
      gaps: dataGaps(sections),
      figures,
      tables: tablesOf(question),
      note: noteOf(question),
      asOf: question.facts.asOf,
    };
  }

  /** The bytes that are kept, and their checksum. Hints are the writer's and are not kept. */
  frozen(report: ReportEntity, content: ReportContent): Pick<ReportFrozenEntity, 'payload' | 'checksum'> {
    const { year, unitId, authorMemberId, title, signature, signedOn } = report;
    const payload: FrozenPayload = {
      format: 1,
      report: { year, unitId, authorMemberId, title, signature, signedOn },
      content: { ...content, sections: content.sections.map((section) => ({ ...section, hints: [] })) },
    };
    const text = JSON.stringify(payload);
    return { payload: text, checksum: sha256(text) };
  }

  /** Refuses 'report.frozen.damaged' where the kept bytes are not the ones that were finalised. */
  thawed({ payload, checksum, reportId }: ReportFrozenEntity): ReportContent {
    if (sha256(payload) !== checksum) throw new ReportRefused('report.frozen.damaged', { reportId });
    return (JSON.parse(payload) as FrozenPayload).content;
  }
}
