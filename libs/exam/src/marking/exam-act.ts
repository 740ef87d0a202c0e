import { Injectable } from '@nestjs/common';
import type { Permission } from '@xuekao/contracts';
import { Access, Outbox } from '@xuekao/platform';
import type { ExamRow } from '../exam.entity.js';
import { found } from '../exam.errors.js';
import { ExamStore } from '../exam.store.js';

/** What every act of an organiser on an exam's marks begins and ends with. */
@Injectable()
export class ExamActs {
  constructor(
    private readonly exams: ExamStore,
    private readonly access: Access,
    private readonly outbox: Outbox,
  ) {}

  /** Not found where the actor may not know that it exists. */
  async permitted(examId: string, permission: Permission = 'exam.manage'): Promise<ExamRow> {
    const exam = found(await this.exams.byId(examId));
    await this.access.require(permission, exam.unitId);
    return exam;
  }

  tell(type: string, exam: ExamRow, payload: object, reason?: string): Promise<void> {
    const subject = { type, subjectType: 'exam', subjectId: exam.id, unitId: exam.unitId };
    const event = { ...subject, payload: { title: exam.title, level: exam.level, ...payload } };
    return this.outbox.add(reason === undefined ? event : { ...event, reason });
  }
}
