import { Injectable } from '@nestjs/common';
import { exemptionReasons, sittingStates } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { formatPoints, hundredths, zonedParts } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { AppConfig, Outbox } from '@xuekao/platform';
import type { ExamRow } from './exam.entity.js';
import { ExamQuery } from './exam.query.js';
import type { SittingRow } from './exam.query.js';
import { textWorkbook } from './external.xlsx.js';

const columns = [
  { heading: '工号', width: 16 },
  { heading: '姓名', width: 12 },
  { heading: '所在支部', width: 24 },
  { heading: '状态', width: 12 },
  { heading: '成绩', width: 10 },
  { heading: '是否合格', width: 10 },
  { heading: '开始时间', width: 20 },
  { heading: '交卷时间', width: 20 },
  { heading: '备注', width: 24 },
];

/** Result lists as XLSX; every export is an event with who took what. */
@Injectable()
export class ExamExportService {
  constructor(
    private readonly query: ExamQuery,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly config: AppConfig,
  ) {}

  async results(examId: string): Promise<{ exam: ExamRow; file: Buffer }> {
    const { exam, rows } = await this.query.sittings(examId);
    const file = await textWorkbook(
      '成绩',
      columns,
      rows.map((row) => this.line(exam, row)),
    );
    await this.uow.run(() =>
      this.outbox.add({
        type: 'exam.results.exported',
        subjectType: 'exam',
        subjectId: exam.id,
        unitId: exam.unitId,
        payload: { title: exam.title, rows: rows.length },
      }),
    );
    return { exam, file };
  }

  private line(exam: ExamRow, { place, state, score, attempt }: SittingRow): string[] {
    const reason = place.exemption === null ? '' : place.exemption;
    return [
      place.staffNumber,
      place.name,
      place.unitName,
      sittingStates[state],
      score === null ? '' : formatPoints(hundredths(score)),
      verdictOf(score, state, exam.passLine),
      this.time(attempt?.startedAt),
      this.time(attempt?.endedAt),
      Object.hasOwn(exemptionReasons, reason) ? exemptionReasons[reason as keyof typeof exemptionReasons] : reason,
    ];
  }

  private time(at: Instant | null | undefined): string {
    if (at === null || at === undefined) return '';
    const { date, hour, minute, second } = zonedParts(at, this.config.zone);
    return `${date} ${[hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')}`;
  }
}

function verdictOf(score: number | null, state: SittingRow['state'], passLine: number): string {
  if (score === null) return state === 'handed-in' ? '待阅卷' : '';
  return score >= passLine ? '合格' : '不合格';
}
