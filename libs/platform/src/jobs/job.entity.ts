import { Entity, Index, Unique } from 'typeorm';
import { Choice, Code, Id, InstantColumn, Int, Json, LongText } from '@xuekao/database';

export const jobStates = ['waiting', 'done', 'failed'] as const;

@Entity('job')
@Unique('uq_job_key', ['jobKey'])
@Index('ix_job_due', ['state', 'runAt', 'id'])
@Index('ix_job_dispatch', ['dispatchedAt', 'state'])
export class JobRow {
  @Id() id!: string;
  @Code(80) name!: string;
  /** Set only while the job waits: at most one waiting job of a key. */
  @Code(160, { nullable: true }) jobKey!: string | null;
  @Json() payload!: unknown;
  @InstantColumn() runAt!: number;
  @Choice(jobStates) state!: (typeof jobStates)[number];
  @Int() attempts!: number;
  @LongText({ nullable: true }) lastError!: string | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) finishedAt!: number | null;
  /** When it was handed to the queue of the scaled form. */
  @InstantColumn({ nullable: true }) dispatchedAt!: number | null;
}
