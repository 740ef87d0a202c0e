import { Injectable } from '@nestjs/common';
import type { ExportFormat, Permission } from '@xuekao/contracts';
import { exportFormats } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Access, Outbox, currentActor } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import { fitsFormat, keylessFormats, writeFile } from '../formats/index.js';
import type { FileQuestion } from '../formats/index.js';
import { QuestionSource } from '../question-source.js';
import { QuestionStore } from '../question.store.js';
import type { QuestionFilter } from '../question.store.js';
import { fileQuestionOf } from './stored-question.js';

export interface ExportPlan {
  readonly fitting: readonly FileQuestion[];
  readonly leftOut: readonly FileQuestion[];
}

export interface Exported {
  readonly file: Buffer;
  readonly name: string;
  readonly type: string;
  readonly leftOut: number;
}

const mostQuestions = 5000;

/** Files of the bank's newest versions. Answers leave only for editors. */
@Injectable()
export class ExportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly source: QuestionSource,
    private readonly access: Access,
    private readonly outbox: Outbox,
  ) {}

  /** What a format would carry and what it would leave out. */
  async plan(format: ExportFormat, filter: QuestionFilter, hasKeys: boolean): Promise<ExportPlan> {
    await this.permit('bank.read');
    if (hasKeys || !keylessFormats.includes(format)) await this.permit('bank.edit');
    const questions = await this.questions(filter, hasKeys || !keylessFormats.includes(format));
    return {
      fitting: questions.filter((question) => fitsFormat(format, question)),
      leftOut: questions.filter((question) => !fitsFormat(format, question)),
    };
  }

  async export(format: ExportFormat, filter: QuestionFilter, wantsKeys: boolean): Promise<Exported> {
    const hasKeys = wantsKeys || !keylessFormats.includes(format);
    const { fitting, leftOut } = await this.plan(format, filter, hasKeys);
    if (fitting.length === 0) throw new BankRefused('bank.export.nothing');
    const file = await writeFile(format, fitting, hasKeys);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'bank.exported',
        subjectType: 'question-export',
        subjectId: currentActor().accountId,
        payload: { format, questions: fitting.length, leftOut: leftOut.length, withKeys: hasKeys, filter },
      }),
    );
    const { extension, type } = exportFormats[format];
    const name = `题库-${format}-${fitting.length}题${hasKeys ? '' : '（无答案）'}.${extension}`;
    return { file, name, type, leftOut: leftOut.length };
  }

  private async questions(filter: QuestionFilter, hasKeys: boolean): Promise<FileQuestion[]> {
    const { rows, total, bodies } = await this.store.page(filter, mostQuestions);
    if (total > mostQuestions) throw new BankRefused('bank.export.too-many', { limit: mostQuestions, found: total });
    if (!hasKeys) return rows.map((row) => fileQuestionOf(row, bodies.get(row.headVersionId)!, null));
    const keyed = await this.source.withKeys(rows.map((row) => row.headVersionId));
    return rows.map((row) => {
      const { body, key, explanation, source } = keyed.get(row.headVersionId)!;
      return fileQuestionOf(row, body, { key, explanation, source });
    });
  }

  private async permit(permission: Permission): Promise<void> {
    if (!(await this.access.holds(permission))) throw new BankRefused('auth.forbidden', { permission });
  }
}
