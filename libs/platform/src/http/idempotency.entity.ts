import { Entity, Index } from 'typeorm';
import { Code, InstantColumn, Int, Json, Ref } from '@xuekao/database';

@Entity('idempotency_key')
@Index('ix_idempotency_key_created', ['createdAt'])
export class IdempotencyKeyRow {
  @Ref(null, { primary: true }) accountId!: string;
  /** SHA-256 of method, path and key. */
  @Code(64, { primary: true }) keyHash!: string;
  @Code(64) requestHash!: string;
  /** HTTP status of the stored answer; 0 while the first request runs. */
  @Int() status!: number;
  /** Null while the first request runs, and for an answer without a body. */
  @Json({ nullable: true }) response!: unknown;
  @InstantColumn() createdAt!: number;
}
