import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { accountStates, membershipTypes, type AccountState, type MembershipType } from '@xuekao/contracts';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';

export class AccountDto {
  @ApiProperty() id!: string;
  @ApiProperty() loginName!: string;
  @ApiProperty({ enum: Object.keys(accountStates), enumName: 'AccountState' }) state!: AccountState;
  @ApiProperty() mustChangePassword!: boolean;
  @ApiProperty({ type: Number, nullable: true, description: 'epoch milliseconds' }) lastSignInAt!: number | null;
}

export class AccountRowDto {
  @ApiProperty() memberId!: string;
  @ApiProperty() memberName!: string;
  @ApiProperty() staffNumber!: string;
  @ApiProperty({ enum: Object.keys(membershipTypes), enumName: 'MembershipType' }) type!: MembershipType;
  @ApiProperty({ type: AccountDto, nullable: true }) account!: AccountDto | null;
}

export class AccountPageDto {
  @ApiProperty({ type: [AccountRowDto] }) items!: AccountRowDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class CreateAccountDto {
  @ApiProperty() @IsUUID() memberId!: string;
  @ApiPropertyOptional({ description: 'the staff number where absent' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  loginName?: string;
}

/** Making an initial password takes a moment, so a request makes a limited number. */
export class CreateAccountsDto {
  @ApiProperty({ type: [String], maxItems: 100 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  memberIds!: string[];
}

export class NewAccountDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: String, nullable: true }) memberId!: string | null;
  @ApiProperty() loginName!: string;
  @ApiProperty({ description: 'shown once; must be changed at the first sign-in' }) initialPassword!: string;
}

export class NewAccountListDto {
  @ApiProperty({ type: [NewAccountDto] }) items!: NewAccountDto[];
}

export class ReasonDto {
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}
