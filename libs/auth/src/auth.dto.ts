import { ApiProperty } from '@nestjs/swagger';
import { permissions, roles, type Permission, type RoleName } from '@xuekao/contracts';
import { IsIn, IsNotEmpty, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { CivilDate } from '@xuekao/kernel';

const partyKinds = ['party-group', 'party-committee', 'general-branch', 'branch'] as const;

export class SignInDto {
  @ApiProperty() @IsString() @IsNotEmpty() @MaxLength(100) loginName!: string;
  @ApiProperty({ format: 'password' }) @IsString() @IsNotEmpty() @MaxLength(200) password!: string;
}

export class AccessDto {
  @ApiProperty({ description: 'bearer token of the API and of sockets' }) accessToken!: string;
  @ApiProperty({ description: 'epoch milliseconds' }) accessExpiresAt!: number;
  @ApiProperty() mustChangePassword!: boolean;
}

export class ChangePasswordDto {
  @ApiProperty({ format: 'password' }) @IsString() @IsNotEmpty() @MaxLength(200) currentPassword!: string;
  @ApiProperty({ format: 'password' }) @IsString() @IsNotEmpty() @MaxLength(200) newPassword!: string;
}

export class OwnRoleDto {
  @ApiProperty({ enum: Object.keys(roles), enumName: 'RoleName' }) role!: RoleName;
  @ApiProperty({ description: 'Chinese' }) roleName!: string;
  @ApiProperty() unitId!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ format: 'date' }) from!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date' }) to!: CivilDate | null;
}

export class OwnUnitDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

export class MeDto {
  @ApiProperty() accountId!: string;
  @ApiProperty({ type: String, nullable: true }) memberId!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty() loginName!: string;
  @ApiProperty() mustChangePassword!: boolean;
  @ApiProperty({ description: 'holds a post of the three administrators' }) isAdministrator!: boolean;
  @ApiProperty({ enum: Object.keys(permissions), enumName: 'Permission', isArray: true, description: 'held somewhere' })
  permissions!: Permission[];
  @ApiProperty({ type: [OwnRoleDto] }) roles!: OwnRoleDto[];
  @ApiProperty({ type: OwnUnitDto, nullable: true }) partyUnit!: OwnUnitDto | null;
  @ApiProperty({ type: OwnUnitDto, nullable: true }) departmentUnit!: OwnUnitDto | null;
}

export class DeviceDto {
  @ApiProperty() id!: string;
  @ApiProperty({ example: 'Chrome · Windows' }) label!: string;
  @ApiProperty({ description: 'epoch milliseconds' }) createdAt!: number;
  @ApiProperty({ description: 'epoch milliseconds' }) lastUsedAt!: number;
  @ApiProperty() isCurrent!: boolean;
}

export class DeviceListDto {
  @ApiProperty({ type: [DeviceDto] }) items!: DeviceDto[];
}

export class SetupStateDto {
  @ApiProperty({ description: 'no account exists yet' }) needed!: boolean;
}

export class AdministratorDto {
  @ApiProperty({ maxLength: 60 }) @IsString() @IsNotEmpty() @MaxLength(60) name!: string;
  @ApiProperty({ maxLength: 32 }) @IsString() @IsNotEmpty() @MaxLength(32) staffNumber!: string;
  @ApiProperty({ maxLength: 32 }) @IsString() @IsNotEmpty() @MaxLength(100) loginName!: string;
  @ApiProperty({ format: 'password' }) @IsString() @IsNotEmpty() @MaxLength(200) password!: string;
}

export class SetupDto {
  @ApiProperty({ maxLength: 120, example: '示例市某局' }) @IsString() @IsNotEmpty() @MaxLength(120) bureauName!: string;
  @ApiProperty({ maxLength: 120, example: '示例市某局党组' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(120)
  partyName!: string;
  @ApiProperty({ enum: partyKinds }) @IsIn(partyKinds) partyKind!: (typeof partyKinds)[number];
  @ApiProperty({ type: AdministratorDto })
  @ValidateNested()
  @Type(() => AdministratorDto)
  administrator!: AdministratorDto;
}
