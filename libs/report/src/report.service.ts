import { Injectable } from '@nestjs/common';
import { defaultScoreThreshold, sectionKeys, sentenceKeys, type SectionKey } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate } from '@xuekao/kernel';
import { MemberDirectory, type MemberCard } from '@xuekao/org';
import { AppClock, currentActor, Outbox } from '@xuekao/platform';
import { skeleton } from './core/index.js';
import type { Omission } from './core/index.js';
import type { ReportEntity, ReportSectionEntity } from './report.entity.js';
import { ReportRefused } from './report.errors.js';
import { ReportReader } from './report.reader.js';
import type { OpenReport } from './report.reader.js';
import { ReportStore } from './report.store.js';

export interface NewReport {
  readonly year: number;
  readonly unitId: string;
  readonly authorMemberId?: string | null | undefined;
  readonly title?: string | undefined;
  readonly signature?: string | undefined;
  readonly signedOn?: CivilDate | null | undefined;
  /** The line that the exam sentence names, in hundredths. */
  readonly threshold?: number | undefined;
}

export type ReportChange = Partial<Omit<NewReport, 'year' | 'unitId'>> & { readonly version: number };

export interface SectionChange {
  /** The section's version that was read; 0 where nobody wrote it yet. */
  readonly version: number;
  readonly heading: string;
  readonly text: string;
  readonly omitted: readonly Omission[];
}

@Injectable()
export class ReportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly store: ReportStore,
    private readonly reader: ReportReader,
    private readonly members: MemberDirectory,
  ) {}

  async create(draft: NewReport): Promise<OpenReport> {
    const unit = await this.reader.reportingUnit(draft.year, draft.unitId);
    const author = draft.authorMemberId ? await this.authorOf(draft.authorMemberId) : null;
    const now = this.clock.now();
    const report: ReportEntity = {
      id: newId(now),
      year: draft.year,
      unitId: draft.unitId,
      authorMemberId: author?.id ?? null,
      title: draft.title ?? `${draft.year}年度${author ? '抓基层党建工作述职报告' : '学习教育工作报告'}`,
      signature: draft.signature ?? (author ? `${unit.name}　${author.name}` : unit.name),
      signedOn: draft.signedOn ?? null,
      threshold: draft.threshold ?? defaultScoreThreshold,
      state: 'draft',
      createdAt: now,
      finalisedAt: null,
      version: 1,
    };
    await this.uow.run(async () => {
      if (!(await this.store.insert(report))) throw new ReportRefused('report.exists', { year: draft.year });
      await this.tell('report.created', report, { year: report.year, title: report.title });
    });
    return this.reader.open(report.id);
  }

  async change(id: string, { version, ...rest }: ReportChange): Promise<OpenReport> {
    if (rest.authorMemberId) await this.authorOf(rest.authorMemberId);
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    await this.uow.run(async () => {
      const report = await this.reader.draft(id);
      if (!(await this.store.change(id, version, given)))
        throw new ReportRefused('report.version.stale', { given: version, current: report.version });
      await this.tell('report.changed', report, { fields: Object.keys(given) });
    });
    return this.reader.open(id);
  }

  /** People's text of one section; the version is the section's own, so that two may write in different sections. */
  async writeSection(id: string, key: string, change: SectionChange): Promise<OpenReport> {
    const section = sectionOf(key, change.omitted);
    const { version, ...written } = change;
    await this.uow.run(async () => {
      const report = await this.reader.draft(id);
      const row: ReportSectionEntity = {
        reportId: id,
        section,
        ...written,
        writtenBy: currentActor().name,
        writtenAt: this.clock.now(),
        version: version + 1,
      };
      if (!(await this.store.writeSection(row, version))) throw await this.stale(id, section, version);
      if (!(await this.store.touch(id))) throw new ReportRefused('resource.not-found');
      await this.tell('report.section.written', report, { section, version: row.version, omitted: row.omitted });
    });
    return this.reader.open(id);
  }

  private async stale(id: string, section: SectionKey, given: number): Promise<ReportRefused> {
    const current = (await this.store.section(id, section))?.version ?? 0;
    return new ReportRefused('report.version.stale', { given, current, section });
  }

  private async authorOf(memberId: string): Promise<MemberCard> {
    const author = await this.members.byId(memberId);
    if (!author) throw new ReportRefused('report.author.unknown');
    return author;
  }

  private tell(type: string, report: ReportEntity, payload: object): Promise<void> {
    return this.outbox.add({ type, subjectType: 'report', subjectId: report.id, unitId: report.unitId, payload });
  }
}

/** Refuses a section that no report has, and sentences that stand in another one. */
function sectionOf(key: string, omitted: readonly Omission[]): SectionKey {
  const plan = skeleton.find((each) => each.key === key);
  if (!plan || !Object.hasOwn(sectionKeys, key)) throw new ReportRefused('report.section.unknown', { section: key });
  const foreign = omitted.find(({ sentence }) => !plan.sentences.includes(sentence));
  if (foreign) throw new ReportRefused('report.sentence.unknown', { sentence: sentenceKeys[foreign.sentence] });
  return plan.key;
}
