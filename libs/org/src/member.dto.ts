import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  exemptionReasons,
  genders,
  membershipTypes,
  type ExemptionReason,
  type Gender,
  type MembershipType,
  type Tree,
} from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { PageQuery } from '@xuekao/platform';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import { IsCivilDate } from './civil-date.validator.js';
import { ExemptionDto, HeldRoleDto, TransferDto } from './duty.dto.js';

const types = Object.keys(membershipTypes);
const genderNames = Object.keys(genders);

export class MemberRowDto {
  @ApiProperty() id!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: types, enumName: 'MembershipType' }) type!: MembershipType;
  @ApiProperty({ type: String, nullable: true }) partyUnitId!: string | null;
  @ApiProperty({ type: String, nullable: true }) departmentUnitId!: string | null;
  @ApiProperty({ description: 'a transfer out of the Party unit is on the way' }) inTransit!: boolean;
  @ApiProperty() version!: number;
}

export class MemberPageDto {
  @ApiProperty({ type: [MemberRowDto] }) items!: MemberRowDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class PlaceDto {
  @ApiProperty() id!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty({ enum: ['party', 'department'], enumName: 'Tree' }) tree!: Tree;
  @ApiProperty({ enum: ['primary', 'additional'] }) standing!: 'primary' | 'additional';
  @ApiProperty({ enum: types, enumName: 'MembershipType', nullable: true }) type!: MembershipType | null;
  @ApiProperty({ format: 'date' }) from!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) to!: CivilDate | null;
}

export class MemberDto extends MemberRowDto {
  @ApiProperty({ enum: genderNames, enumName: 'Gender', nullable: true }) gender!: Gender | null;
  @ApiProperty({ type: String, nullable: true, format: 'date', description: '入党日期' }) joinedOn!: CivilDate | null;
  @ApiProperty({ type: String, nullable: true, format: 'date', description: '转正日期' }) fullSince!: CivilDate | null;
  @ApiProperty({ type: String, nullable: true }) phone!: string | null;
}

export class MemberFileDto extends MemberDto {
  @ApiProperty({ type: [PlaceDto] }) places!: PlaceDto[];
  @ApiProperty({ type: [HeldRoleDto] }) roles!: HeldRoleDto[];
  @ApiProperty({ type: [TransferDto] }) transfers!: TransferDto[];
  @ApiProperty({ type: [ExemptionDto] }) exemptions!: ExemptionDto[];
}

export class MemberIdDto {
  @ApiProperty() id!: string;
  @ApiProperty() version!: number;
}

export class MemberListQueryDto extends PageQuery {
  @ApiPropertyOptional() @IsOptional() @IsUUID() unitId?: string;
  @ApiPropertyOptional({ enum: types }) @IsOptional() @IsIn(types) type?: MembershipType;
}

export class CreateMemberDto {
  @ApiProperty({ maxLength: 32 }) @IsString() @IsNotEmpty() @MaxLength(32) staffNumber!: string;
  @ApiProperty({ maxLength: 60 }) @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @ApiProperty({ enum: types, enumName: 'MembershipType' }) @IsIn(types) type!: MembershipType;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsUUID() partyUnitId?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsOptional() @IsUUID() departmentUnitId?: string | null;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() from?: CivilDate;
  @ApiPropertyOptional({ enum: genderNames, enumName: 'Gender', nullable: true })
  @IsOptional()
  @IsIn(genderNames)
  gender?: Gender | null;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date' })
  @IsOptional()
  @IsCivilDate()
  joinedOn?: CivilDate | null;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date' })
  @IsOptional()
  @IsCivilDate()
  fullSince?: CivilDate | null;
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(/^\+?[0-9 -]{5,20}$/)
  phone?: string | null;
}

export class EditMemberDto extends PartialType(
  OmitType(CreateMemberDto, ['type', 'partyUnitId', 'departmentUnitId', 'from'] as const),
  { skipNullProperties: false },
) {
  @ApiProperty() @IsInt() version!: number;
}

export class ChangeTypeDto {
  @ApiProperty({ enum: types, enumName: 'MembershipType' }) @IsIn(types) type!: MembershipType;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() on?: CivilDate;
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}

export class JoinDto {
  @ApiProperty() @IsUUID() unitId!: string;
  @ApiPropertyOptional({ enum: types, enumName: 'MembershipType', description: 'for a first place in the Party tree' })
  @IsOptional()
  @IsIn(types)
  type?: MembershipType;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() on?: CivilDate;
}

export class LeaveGroupQuery {
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() on?: CivilDate;
}

export class RosterQueryDto {
  @ApiPropertyOptional({ format: 'date', description: 'today where absent' })
  @IsOptional()
  @IsCivilDate()
  on?: CivilDate;
  @ApiPropertyOptional({ enum: ['session', 'exam'], default: 'session' })
  @IsOptional()
  @IsIn(['session', 'exam'])
  purpose?: 'session' | 'exam';
  @ApiPropertyOptional({ enum: ['subtree', 'unit'], default: 'subtree' })
  @IsOptional()
  @IsIn(['subtree', 'unit'])
  reach?: 'subtree' | 'unit';
}

export class RosterEntryDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty({ type: String, nullable: true }) partyUnitId!: string | null;
  @ApiProperty({ type: String, nullable: true }) departmentUnitId!: string | null;
  @ApiProperty({ enum: types, enumName: 'MembershipType' }) membershipType!: MembershipType;
  @ApiProperty({ description: 'counts in 应到 (应考)' }) due!: boolean;
  @ApiProperty() votes!: boolean;
  @ApiProperty({ enum: Object.keys(exemptionReasons), enumName: 'ExemptionReason', nullable: true })
  exemption!: ExemptionReason | null;
  @ApiProperty() inTransit!: boolean;
}

export class RosterDto {
  @ApiProperty({ format: 'date' }) on!: CivilDate;
  @ApiProperty({ description: 'number of entries that are due' }) due!: number;
  @ApiProperty({ description: 'number of entries that vote' }) votes!: number;
  @ApiProperty({ type: [RosterEntryDto] }) entries!: RosterEntryDto[];
}

export class CellFaultDto {
  @ApiProperty() sheet!: string;
  @ApiProperty({ example: 'C5' }) cell!: string;
  @ApiProperty() row!: number;
  @ApiProperty() message!: string;
}

export class ImportedRowDto {
  @ApiProperty() row!: number;
  @ApiProperty() staffNumber!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: types, enumName: 'MembershipType' }) type!: MembershipType;
}

export class ImportPreviewDto {
  @ApiProperty({ type: [ImportedRowDto] }) good!: ImportedRowDto[];
  @ApiProperty({ type: [CellFaultDto] }) faults!: CellFaultDto[];
}

export class ImportQuery {
  @ApiProperty({ enum: ['all', 'good-rows'], description: 'all = nothing is imported where any row is faulty' })
  @IsIn(['all', 'good-rows'])
  mode!: 'all' | 'good-rows';
}

export class ImportResultDto {
  @ApiProperty() imported!: number;
  @ApiProperty({ type: [CellFaultDto] }) faults!: CellFaultDto[];
}
