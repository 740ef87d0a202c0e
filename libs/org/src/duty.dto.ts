import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  exemptionReasons,
  roles,
  transferStates,
  type ExemptionReason,
  type RoleName,
  type TransferState,
  type Tree,
} from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { PageQuery } from '@xuekao/platform';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsCivilDate } from './civil-date.validator.js';

const roleNames = Object.keys(roles);
const reasons = Object.keys(exemptionReasons);
const states = Object.keys(transferStates);
const trees = ['party', 'department'];

export class HeldRoleDto {
  @ApiProperty() id!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty({ enum: roleNames, enumName: 'RoleName' }) role!: RoleName;
  @ApiProperty() unitId!: string;
  @ApiProperty({ format: 'date' }) from!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) to!: CivilDate | null;
  @ApiProperty() reason!: string;
  @ApiPropertyOptional({ type: String, description: 'of the member, in lists' }) memberName?: string;
}

export class HeldRoleListDto {
  @ApiProperty({ type: [HeldRoleDto] }) items!: HeldRoleDto[];
}

export class RoleListQuery {
  @ApiPropertyOptional() @IsOptional() @IsUUID() unitId?: string;
}

export class GrantRoleDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty({ enum: roleNames, enumName: 'RoleName' }) @IsIn(roleNames) role!: RoleName;
  @ApiProperty() @IsUUID() unitId!: string;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() from?: CivilDate;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date' })
  @IsOptional()
  @IsCivilDate()
  to?: CivilDate | null;
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}

export class TransferDto {
  @ApiProperty() id!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty({ enum: trees, enumName: 'Tree' }) tree!: Tree;
  @ApiProperty() fromUnitId!: string;
  @ApiProperty() toUnitId!: string;
  @ApiProperty({ enum: states, enumName: 'TransferState' }) state!: TransferState;
  @ApiProperty({ format: 'date' }) startedOn!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) endedOn!: CivilDate | null;
  @ApiProperty({ type: String, nullable: true, description: '介绍信编号' }) letterNumber!: string | null;
  @ApiProperty() reason!: string;
  @ApiPropertyOptional({ type: String, description: 'of the member, in lists' }) memberName?: string;
}

export class TransferPageDto {
  @ApiProperty({ type: [TransferDto] }) items!: TransferDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class TransferListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: states }) @IsOptional() @IsIn(states) state?: TransferState;
}

export class StartTransferDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty({ enum: trees, enumName: 'Tree' }) @IsIn(trees) tree!: Tree;
  @ApiProperty() @IsUUID() toUnitId!: string;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() startedOn?: CivilDate;
  @ApiPropertyOptional({ maxLength: 60 }) @IsOptional() @IsString() @MaxLength(60) letterNumber?: string;
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}

export class AcceptTransferDto {
  @ApiPropertyOptional({ format: 'date', description: 'first day in the new unit; today where absent' })
  @IsOptional()
  @IsCivilDate()
  acceptedOn?: CivilDate;
}

export class CancelTransferDto {
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}

export class ExemptionDto {
  @ApiProperty() id!: string;
  @ApiProperty() memberId!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty({ enum: reasons, enumName: 'ExemptionReason' }) reason!: ExemptionReason;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
  @ApiProperty() approvedBy!: string;
  @ApiProperty({ format: 'date' }) from!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) to!: CivilDate | null;
  @ApiPropertyOptional({ type: String, description: 'of the member, in lists' }) memberName?: string;
}

export class ExemptionListDto {
  @ApiProperty({ type: [ExemptionDto] }) items!: ExemptionDto[];
}

export class GrantExemptionDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiProperty() @IsUUID() unitId!: string;
  @ApiProperty({ enum: reasons, enumName: 'ExemptionReason' }) @IsIn(reasons) reason!: ExemptionReason;
  @ApiPropertyOptional({ maxLength: 200 }) @IsOptional() @IsString() @MaxLength(200) note?: string;
  @ApiProperty({ maxLength: 60, description: 'the body that approved it' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(60)
  approvedBy!: string;
  @ApiProperty({ format: 'date' }) @IsCivilDate() from!: CivilDate;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date' })
  @IsOptional()
  @IsCivilDate()
  to?: CivilDate | null;
}
