import { Entity, Index } from 'typeorm';
import { Code, Id, InstantColumn, Int, Json, Ref, Text } from '@xuekao/database';

@Entity('outbox_event')
@Index('ix_outbox_event_pending', ['deliveredAt', 'retryAt', 'id'])
export class OutboxEventRow {
  @Id() id!: string;
  @Code(80) type!: string;
  @Code(40) subjectType!: string;
  @Code(64) subjectId!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Ref(null, { nullable: true }) actorAccountId!: string | null;
  @Ref(null, { nullable: true }) actorMemberId!: string | null;
  @Text(80, { nullable: true }) actorName!: string | null;
  @Text(500, { nullable: true }) reason!: string | null;
  @Json() payload!: unknown;
  @InstantColumn() at!: number;
  @InstantColumn({ nullable: true }) deliveredAt!: number | null;
  @Int() attempts!: number;
  @InstantColumn() retryAt!: number;
}

/** One row per event and subscriber, written in the handler's own transaction: that makes its effect happen once. */
@Entity('event_delivery')
export class EventDeliveryRow {
  @Ref(null, { primary: true }) eventId!: string;
  @Code(80, { primary: true }) subscriber!: string;
  @InstantColumn() at!: number;
}
