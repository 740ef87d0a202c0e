import { Injectable } from '@nestjs/common';
import type { ExportFormat, Permission } from '@xuekao/contracts';
import { exportFormats } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Access, Outbox, currentActor } from '@xuekao/platform';
import { BankRefused } from '../bank.errors.js';
import { fitsFormat, keylessFormats, picturesIn, writeFile } from '../formats/index.js';
import type { FileQuestion } from '../formats/index.js';
import { QuestionSource } from '../question-source.js';
import { QuestionStore } from '../question.store.js';
import type { QuestionFilter } from '../question.store.js';
import { PictureStore, picturesOf } from '../picture.store.js';
import { fileQuestionOf, hasPartPictures } from './stored-question.js';

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

interface Found {
  readonly question: FileQuestion;
  /** Nothing of it is lost in a file. */
  readonly isWhole: boolean;
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
    private readonly pictures: PictureStore,
  ) {}

  /** What a format would carry and what it would leave out. */
  async plan(format: ExportFormat, filter: QuestionFilter, hasKeys: boolean): Promise<ExportPlan> {
    await this.permit('bank.read');
    if (hasKeys || !keylessFormats.includes(format)) await this.permit('bank.edit');
    const found = await this.questions(filter, hasKeys || !keylessFormats.includes(format));
    const isFit = ({ question, isWhole }: Found): boolean => isWhole && fitsFormat(format, question);
    return {
      fitting: found.filter(isFit).map(({ question }) => question),
      leftOut: found.filter((each) => !isFit(each)).map(({ question }) => question),
    };
  }

  async export(format: ExportFormat, filter: QuestionFilter, wantsKeys: boolean): Promise<Exported> {
    const hasKeys = wantsKeys || !keylessFormats.includes(format);
    const { fitting, leftOut } = await this.plan(format, filter, hasKeys);
    if (fitting.length === 0) throw new BankRefused('bank.export.nothing');
    const file = await writeFile(format, fitting, hasKeys, await this.bytesOf(fitting));
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

  private async questions(filter: QuestionFilter, hasKeys: boolean): Promise<Found[]> {
    const { rows, total, bodies } = await this.store.page(filter, mostQuestions);
    if (total > mostQuestions) throw new BankRefused('bank.export.too-many', { limit: mostQuestions, found: total });
    const shown = [...bodies.values()].flatMap((body) => [...picturesOf(body), ...(body.material?.pictures ?? [])]);
    const types = new Map(
      (await this.pictures.sizesOf(shown.map((picture) => picture.id))).map(({ id, mediaType }) => [id, mediaType]),
    );
    const keyed = hasKeys ? await this.source.withKeys(rows.map((row) => row.headVersionId)) : new Map<string, never>();
    return rows.map((row) => {
      const body = bodies.get(row.headVersionId)!;
      const question = fileQuestionOf(row, body, keyed.get(row.headVersionId) ?? null, types);
      return { question, isWhole: !hasPartPictures(body) };
    });
  }

  private async bytesOf(questions: readonly FileQuestion[]): Promise<Map<string, Uint8Array>> {
    const ids = questions.flatMap((question) => picturesIn(question).map((picture) => picture.id));
    const stored = await this.source.pictures(ids);
    return new Map([...stored].map(([id, { bytes }]) => [id, bytes]));
  }

  private async permit(permission: Permission): Promise<void> {
    if (!(await this.access.holds(permission))) throw new BankRefused('auth.forbidden', { permission });
  }
}
