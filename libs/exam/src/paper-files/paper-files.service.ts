import { Injectable } from '@nestjs/common';
import { QuestionSource } from '@xuekao/bank';
import { UnitOfWork } from '@xuekao/database';
import { hundredths, seededRng } from '@xuekao/kernel';
import { Access, Outbox, renderPdf } from '@xuekao/platform';
import type { PdfBlock } from '@xuekao/platform';
import { layoutOf, picturesOnPaper, printedPaper } from '../core/index.js';
import type { KeyedBody, PaperItem, PrintedPaper } from '../core/index.js';
import type { ExamRow } from '../exam.entity.js';
import { found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';
import { ExamMarking } from '../marking/exam-marking.js';
import { PaperCache } from '../paper-cache.js';
import { blocksDocument } from './paper-docx.js';
import { answerSheet, keySheet, paperSheet } from './paper-sheets.js';
import type { PaperHead, PaperPictures } from './paper-sheets.js';
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

/** Screens have 96 pixels an inch, paper 72 points. */
const pointsPerPixel = 0.75;

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
    private readonly questions: QuestionSource,
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
    if (kind === 'paper') return { head, blocks: paperSheet(head, paper, await this.picturesOf(paper)) };
    return { head, blocks: kind === 'key' ? keySheet(head, paper) : answerSheet(head, paper) };
  }

  /** WebP is for screens: neither the PDF writer nor older Word can show it, so its words are printed. */
  private async picturesOf(paper: PrintedPaper): Promise<PaperPictures> {
    const stored = await this.questions.pictures(picturesOnPaper(paper).map((picture) => picture.id));
    const printable = [...stored.values()].filter(({ mediaType }) => mediaType !== 'image/webp');
    return new Map(
      printable.map(({ id, bytes, width, height }) => [
        id,
        { bytes, width: width * pointsPerPixel, height: height * pointsPerPixel, alt: '' },
      ]),
    );
  }

  private async pdf(exam: ExamRow, name: string, blocks: readonly PdfBlock[]): Promise<Buffer> {
    const footer = (page: number, pages: number): string => `第 ${page} 页　共 ${pages} 页`;
    const { bytes } = await renderPdf({ title: name, author: '学考', at: exam.createdAt, blocks, footer });
    return bytes;
  }
}
