import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { hundredths, seededRng } from '@xuekao/kernel';
import { Access, Outbox, renderPdf } from '@xuekao/platform';
import type { PdfBlock } from '@xuekao/platform';
import { layoutOf, printedPaper } from '../core/index.js';
import type { KeyedBody, PaperItem } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { ExamMarking } from '../marking/exam-marking.js';
import { PaperCache } from '../paper-cache.js';
import { blocksDocument } from './paper-docx.js';
import { answerSheet, keySheet, paperSheet } from './paper-sheets.js';
import type { PaperHead } from './paper-sheets.js';
import type { PaperFileKind, PaperFormat, PaperVariant } from './paper-files.dto.js';

export interface PaperFileRequest {
  readonly kind: PaperFileKind;
  readonly format: PaperFormat;
  readonly variant: PaperVariant;
}

export interface PaperFile {
  readonly name: string;
  readonly format: PaperFormat;
  readonly bytes: Buffer;
}

const kinds = { paper: '试卷', key: '参考答案', sheet: '答题卡' } as const satisfies Record<PaperFileKind, string>;

/** Papers to print: A as drawn, B, C and D with questions and options in an order of their own that never changes. */
@Injectable()
export class PaperFilesService {
  constructor(
    private readonly exams: ExamStore,
    private readonly papers: PaperCache,
    private readonly marking: ExamMarking,
    private readonly access: Access,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async file(examId: string, { kind, format, variant }: PaperFileRequest): Promise<PaperFile> {
    const exam = found(await this.exams.byId(examId));
    await this.access.require('exam.manage', exam.unitId);
    const { head, blocks } = await this.blocksOf(exam, kind, variant);
    const name = `${exam.title}-${kinds[kind]}${head.variant === '' ? '' : `-${head.variant}卷`}`;
    const bytes = format === 'pdf' ? await this.pdf(exam, name, blocks) : await blocksDocument(name, blocks);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'exam.paper.exported',
        subjectType: 'exam',
        subjectId: exam.id,
        unitId: exam.unitId,
        payload: { title: exam.title, kind, format, variant },
      }),
    );
    return { name, format, bytes };
  }

  private async blocksOf(
    exam: ExamRow,
    kind: PaperFileKind,
    variant: PaperVariant,
  ): Promise<{ head: PaperHead; blocks: PdfBlock[] }> {
    const { items, bodies } = await this.papers.get(exam.paperId);
    const keyOf = new Map(
      (await this.marking.questionsOf(exam, await this.marking.stateOf(exam.id))).map(({ number, key }) => [
        number,
        key,
      ]),
    );
    const numberOf = new Map(items.map(({ versionId, number }) => [versionId, number]));
    const keyed = (versionId: string): KeyedBody => ({
      body: bodies.get(versionId)!,
      key: keyOf.get(numberOf.get(versionId)!)!,
    });
    const isFirst = variant === 'A';
    const printed = items.map((item): PaperItem => ({ ...item, marks: hundredths(item.marks) }));
    const rng = seededRng(`${exam.paperId}:${variant}`);
    const layout = layoutOf(printed, (id) => bodies.get(id)!, { questions: !isFirst, options: !isFirst }, rng);
    const paper = printedPaper(printed, layout, keyed);
    const head = { title: exam.title, variant, limitMinutes: exam.limitMinutes, isOpenBook: exam.book === 'open' };
    const sheet = { paper: paperSheet, key: keySheet, sheet: answerSheet }[kind];
    return { head, blocks: sheet(head, paper) };
  }

  private async pdf(exam: ExamRow, name: string, blocks: readonly PdfBlock[]): Promise<Buffer> {
    const footer = (page: number, pages: number): string => `第 ${page} 页　共 ${pages} 页`;
    const { bytes } = await renderPdf({ title: name, author: '学考', at: exam.createdAt, blocks, footer });
    return bytes;
  }
}
