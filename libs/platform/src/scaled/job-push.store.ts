import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { JobRow } from '../jobs/job.entity.js';

@Injectable()
export class JobPushStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Waiting jobs that the queue has not been told of. */
  unpushed(limit: number): Promise<JobRow[]> {
    return this.uow.manager
      .createQueryBuilder(JobRow, 'job')
      .where("job.dispatchedAt IS NULL AND job.state = 'waiting'")
      .orderBy('job.runAt')
      .limit(limit)
      .getMany();
  }

  /** Jobs that were due before `late` and were told to the queue before it, and that nobody has run. */
  overdue(late: Instant, limit: number): Promise<JobRow[]> {
    return this.uow.manager
      .createQueryBuilder(JobRow, 'job')
      .where("job.state = 'waiting' AND job.runAt <= :late AND job.dispatchedAt <= :late", { late })
      .orderBy('job.runAt')
      .limit(limit)
      .getMany();
  }

  /** A job that got another time meanwhile stays unpushed. */
  async markPushed(jobs: readonly JobRow[], at: Instant): Promise<void> {
    await this.uow.run(async () => {
      for (const { id, runAt } of jobs) {
        await this.uow.manager
          .createQueryBuilder()
          .update(JobRow)
          .set({ dispatchedAt: at })
          .where("id = :id AND state = 'waiting' AND runAt = :runAt", { id, runAt })
          .execute();
      }
    });
  }
}
