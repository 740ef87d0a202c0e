import { hoursUnits } from '@xuekao/contracts';
import type { HoursUnit, SessionType } from '@xuekao/contracts';
import { Choice, Code, DateColumn, Flag, Id, InstantColumn, Int, Ref, Text } from '@xuekao/database';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { Entity, Index } from 'typeorm';
import { SessionEntity, SessionItemEntity } from './session.entity.js';

/** Hours that a member earned by an item; written when the session is archived or made up. */
@Entity('study_credit')
@Index('ix_study_credit_year', ['year', 'memberId'])
@Index('ix_study_credit_session', ['sessionId'])
export class StudyCreditEntity {
  @Ref(null, { primary: true }) memberId!: string;
  @Ref(() => SessionItemEntity, { primary: true }) itemId!: string;
  @Ref(() => SessionEntity) sessionId!: string;
  @Ref(null, { nullable: true }) unitId!: string | null;
  @Flag() isCollective!: boolean;
  @Flag() isMadeUp!: boolean;
  /** Hundredths of a study hour. */
  @Int() hours!: number;
  @DateColumn() localDate!: CivilDate;
  @Int() year!: number;
}

@Entity('study_hours_rule')
export class StudyHoursRuleEntity {
  @Id() id!: string;
  @Code(40, { nullable: true }) type!: SessionType | null;
  @Choice(Object.keys(hoursUnits)) unit!: HoursUnit;
  @Int() amount!: number;
  @Int() hours!: number;
  @Int() step!: number;
  @DateColumn() validFrom!: CivilDate;
  @Text(200) source!: string;
  @InstantColumn() createdAt!: Instant;
}
