import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AttemptRow } from './attempt.entity.js';
import { ready } from './attempt-start.store.js';
import { ExamRow, PaperItemRow } from './exam.entity.js';

/** Questions that a member has been given to answer. */
@Injectable()
export class OwnPapersQuery {
  constructor(private readonly uow: UnitOfWork) {}

  /** Whether one of the versions is on the paper of an exam that the member has begun. */
  async hasAnyOf(memberId: string, versionIds: readonly string[]): Promise<boolean> {
    if (versionIds.length === 0) return false;
    return this.uow.manager
      .createQueryBuilder(PaperItemRow, 'item')
      .innerJoin(ExamRow, 'exam', 'exam.paperId = item.paperId')
      .innerJoin(AttemptRow, 'attempt', 'attempt.examId = exam.id')
      .where('item.versionId IN (:...versionIds)', { versionIds: versionIds.slice(0, 500) })
      .andWhere('attempt.memberId = :memberId AND attempt.state <> :ready', { memberId, ready })
      .getExists();
  }
}
