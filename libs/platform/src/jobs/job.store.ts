import { Injectable } from '@nestjs/common';
import { insertIgnore, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { JobRow } from './job.entity.js';

@Injectable()
export class JobStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(row: JobRow): Promise<void> {
    if ((await insertIgnore(this.uow, JobRow, row)) === 1) return;
    await this.uow.manager
      .createQueryBuilder()
      .update(JobRow)
      .set({ payload: row.payload, runAt: row.runAt, dispatchedAt: null, attempts: 0 } as never)
      .where({ jobKey: row.jobKey })
      .execute();
  }

  due(now: Instant, limit: number): Promise<JobRow[]> {
    return this.uow.manager
      .createQueryBuilder(JobRow, 'job')
      .where("job.state = 'waiting' AND job.runAt <= :now", { now })
      .orderBy('job.runAt')
      .addOrderBy('job.id')
      .limit(limit)
      .getMany();
  }

  async nextRunAt(): Promise<Instant | null> {
    const row = await this.uow.manager
      .createQueryBuilder(JobRow, 'job')
      .where("job.state = 'waiting'")
      .orderBy('job.runAt')
      .limit(1)
      .getOne();
    return row?.runAt ?? null;
  }

  find(id: string): Promise<JobRow | null> {
    return this.uow.manager.findOneBy(JobRow, { id });
  }

  /** True for the one process that got it: the job is out of sight until `leaseUntil`. */
  async claim(job: JobRow, leaseUntil: Instant): Promise<boolean> {
    const result = await this.uow.run(() =>
      this.uow.manager
        .createQueryBuilder()
        .update(JobRow)
        .set({ runAt: leaseUntil, attempts: job.attempts + 1 })
        .where("id = :id AND state = 'waiting' AND runAt = :runAt", { id: job.id, runAt: job.runAt })
        .execute(),
    );
    return result.affected === 1;
  }

  /** False where the job is no longer this lease's. */
  async renew(id: string, leaseUntil: Instant, next: Instant): Promise<boolean> {
    const result = await this.uow.run(() =>
      this.uow.manager
        .createQueryBuilder()
        .update(JobRow)
        .set({ runAt: next })
        .where("id = :id AND state = 'waiting' AND runAt = :leaseUntil", { id, leaseUntil })
        .execute(),
    );
    return result.affected === 1;
  }

  /** Only while it still holds the lease: a job that was enqueued anew under its key meanwhile stays waiting. */
  async finish(id: string, leaseUntil: Instant, change: Partial<JobRow>): Promise<void> {
    await this.uow.run(() =>
      this.uow.manager
        .createQueryBuilder()
        .update(JobRow)
        .set(change as never)
        .where('id = :id AND runAt = :leaseUntil', { id, leaseUntil })
        .execute(),
    );
  }
}
