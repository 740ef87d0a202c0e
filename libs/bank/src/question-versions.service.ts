import { Injectable } from '@nestjs/common';
import { Access } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { versionDiff } from './core/index.js';
import type { FieldChange, VersionText } from './core/index.js';
import { QuestionChanges } from './question-changes.js';
import type { QuestionRow, QuestionVersionRow } from './question.entity.js';
import { QuestionStore } from './question.store.js';

export interface VersionSummary {
  readonly version: QuestionVersionRow;
  readonly isHead: boolean;
  readonly isPublished: boolean;
}

export interface VersionDetail extends VersionSummary {
  /** Null for who may not edit the bank. */
  readonly keyed: Pick<VersionText, 'key' | 'explanation' | 'source'> | null;
}

export interface VersionComparison {
  readonly from: VersionSummary;
  readonly to: VersionSummary;
  readonly changes: readonly FieldChange[];
}

/** What a question said over time. */
@Injectable()
export class QuestionVersions {
  constructor(
    private readonly store: QuestionStore,
    private readonly changes: QuestionChanges,
    private readonly access: Access,
  ) {}

  /** Newest first. */
  async list(id: string): Promise<VersionSummary[]> {
    await this.changes.permit('bank.read');
    const question = await this.changes.existing(id);
    return (await this.store.versionsOf(id)).map((version) => summaryOf(question, version));
  }

  /** The version of that number, from 1. */
  async get(id: string, number: number): Promise<VersionDetail> {
    await this.changes.permit('bank.read');
    const question = await this.changes.existing(id);
    const version = await this.numbered(id, number);
    const mayRead = await this.access.holds('bank.edit');
    return { ...summaryOf(question, version), keyed: mayRead ? await this.keyed(version) : null };
  }

  /** Field by field, what differs from one version to the other. Answers and explanations only for editors. */
  async compare(id: string, from: number, to: number): Promise<VersionComparison> {
    await this.changes.permit('bank.read');
    const question = await this.changes.existing(id);
    const [before, after] = [await this.numbered(id, from), await this.numbered(id, to)];
    const mayRead = await this.access.holds('bank.edit');
    const textOf = async (version: QuestionVersionRow): Promise<VersionText> => ({
      body: version.body,
      ...(mayRead ? await this.keyed(version) : {}),
    });
    const changes = versionDiff(await textOf(before), await textOf(after));
    return { from: summaryOf(question, before), to: summaryOf(question, after), changes };
  }

  private async numbered(id: string, number: number): Promise<QuestionVersionRow> {
    const version = Number.isSafeInteger(number) ? (await this.store.versionsOf(id, number))[0] : undefined;
    if (!version) throw new BankRefused('resource.not-found', { id, number });
    return version;
  }

  private async keyed(
    version: QuestionVersionRow,
  ): Promise<Pick<Required<VersionText>, 'key' | 'explanation' | 'source'>> {
    const row = await this.store.keyOf(version.id);
    if (!row) throw new Error(`Version ${version.id} has lost its key`);
    return { key: row.answerKey, explanation: row.explanation, source: row.source };
  }
}

function summaryOf(question: QuestionRow, version: QuestionVersionRow): VersionSummary {
  return {
    version,
    isHead: question.headVersionId === version.id,
    isPublished: question.publishedVersionId === version.id,
  };
}
