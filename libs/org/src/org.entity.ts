import { Choice, Code, DateColumn, Id, InstantColumn, Int, Key, Ref, Text } from '@xuekao/database';
import type {
  ExemptionReason,
  Gender,
  MembershipType,
  RoleName,
  TransferState,
  Tree,
  UnitKind,
} from '@xuekao/contracts';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { Entity, Index, Unique } from 'typeorm';

const trees = ['party', 'department'] as const;

@Entity('unit')
@Unique('uq_unit_root', ['rootKey'])
@Index('ix_unit_parent', ['parentId'])
export class UnitEntity {
  @Id() id!: string;
  @Choice(trees) tree!: Tree;
  @Code(40) kind!: UnitKind;
  @Ref(() => UnitEntity, { nullable: true }) parentId!: string | null;
  @Text(120) name!: string;
  @Text(40) shortName!: string;
  @Int() sortOrder!: number;
  @DateColumn({ name: 'valid_from' }) from!: CivilDate;
  @DateColumn({ name: 'valid_to', nullable: true }) to!: CivilDate | null;
  /** The tree's name at its open root, null elsewhere: one root per tree. */
  @Code(16, { nullable: true }) rootKey!: string | null;
  @Int() version!: number;
}

@Entity('member')
@Unique('uq_member_staff_number', ['staffNumberKey'])
@Index('ix_member_name', ['nameKey'])
export class MemberEntity {
  @Id() id!: string;
  @Text(32) staffNumber!: string;
  @Key(32) staffNumberKey!: string;
  @Text(60) name!: string;
  @Key(60) nameKey!: string;
  @Choice(['female', 'male'], { nullable: true }) gender!: Gender | null;
  @DateColumn({ nullable: true }) joinedOn!: CivilDate | null;
  @DateColumn({ nullable: true }) fullSince!: CivilDate | null;
  @Text(20, { nullable: true }) phone!: string | null;
  @InstantColumn() createdAt!: Instant;
  @Int() version!: number;
}

@Entity('membership')
@Unique('uq_membership_open', ['openKey'])
@Index('ix_membership_member', ['memberId', 'from'])
@Index('ix_membership_unit', ['unitId', 'from'])
export class MembershipEntity {
  @Id() id!: string;
  @Ref(() => MemberEntity) memberId!: string;
  @Ref(() => UnitEntity) unitId!: string;
  @Choice(trees) tree!: Tree;
  @Choice(['primary', 'additional']) standing!: 'primary' | 'additional';
  @Code(40, { nullable: true }) type!: MembershipType | null;
  @DateColumn({ name: 'valid_from' }) from!: CivilDate;
  @DateColumn({ name: 'valid_to', nullable: true }) to!: CivilDate | null;
  /** One open place per person and tree, one open seat per person and group; null once the row has ended. */
  @Code(80, { nullable: true }) openKey!: string | null;
}

@Entity('transfer')
@Unique('uq_transfer_open', ['openKey'])
@Index('ix_transfer_member', ['memberId'])
@Index('ix_transfer_from', ['fromUnitId'])
@Index('ix_transfer_to', ['toUnitId'])
export class TransferEntity {
  @Id() id!: string;
  @Ref(() => MemberEntity) memberId!: string;
  @Choice(trees) tree!: Tree;
  @Ref(() => UnitEntity) fromUnitId!: string;
  @Ref(() => UnitEntity) toUnitId!: string;
  @Choice(['started', 'accepted', 'cancelled']) state!: TransferState;
  @DateColumn() startedOn!: CivilDate;
  @DateColumn({ nullable: true }) endedOn!: CivilDate | null;
  @InstantColumn({ nullable: true }) endedAt!: Instant | null;
  /** 介绍信编号. */
  @Text(60, { nullable: true }) letterNumber!: string | null;
  @Text(200) reason!: string;
  @Code(80, { nullable: true }) openKey!: string | null;
  @InstantColumn() createdAt!: Instant;
}

@Entity('held_role')
@Index('ix_held_role_member', ['memberId'])
@Index('ix_held_role_unit', ['unitId'])
export class HeldRoleEntity {
  @Id() id!: string;
  @Ref(() => MemberEntity) memberId!: string;
  @Code(40) role!: RoleName;
  @Ref(() => UnitEntity) unitId!: string;
  @DateColumn({ name: 'valid_from' }) from!: CivilDate;
  @DateColumn({ name: 'valid_to', nullable: true }) to!: CivilDate | null;
  @Text(200) reason!: string;
  @Text(200, { nullable: true }) endReason!: string | null;
  @InstantColumn() createdAt!: Instant;
}

@Entity('exemption')
@Index('ix_exemption_member', ['memberId'])
@Index('ix_exemption_unit', ['unitId'])
export class ExemptionEntity {
  @Id() id!: string;
  @Ref(() => MemberEntity) memberId!: string;
  @Ref(() => UnitEntity) unitId!: string;
  @Code(40) reason!: ExemptionReason;
  @Text(200, { nullable: true }) note!: string | null;
  /** The body or person that approved it, as written in the minutes. */
  @Text(60) approvedBy!: string;
  @DateColumn({ name: 'valid_from' }) from!: CivilDate;
  @DateColumn({ name: 'valid_to', nullable: true }) to!: CivilDate | null;
  @InstantColumn() createdAt!: Instant;
}

export const orgEntities = [
  UnitEntity,
  MemberEntity,
  MembershipEntity,
  TransferEntity,
  HeldRoleEntity,
  ExemptionEntity,
];
