import { Injectable } from '@nestjs/common';
import type { AttemptChoice } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Outbox } from '@xuekao/platform';
import type { ExamRow } from '../exam.entity.js';
import { analysisWorkbook } from './analysis-workbook.js';
import { AnalysisService } from './analysis.service.js';

/** The analysis as a workbook; who took it is an event. */
@Injectable()
export class AnalysisExport {
  constructor(
    private readonly analysis: AnalysisService,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async workbook(examId: string, choice?: AttemptChoice): Promise<{ exam: ExamRow; file: Buffer }> {
    const analysis = await this.analysis.withSheets(examId, choice);
    const { exam } = analysis;
    const file = await analysisWorkbook(analysis);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'exam.analysis.exported',
        subjectType: 'exam',
        subjectId: exam.id,
        unitId: exam.unitId,
        payload: { title: exam.title, attempts: analysis.choice, sheets: analysis.sheets.length },
      }),
    );
    return { exam, file };
  }
}
