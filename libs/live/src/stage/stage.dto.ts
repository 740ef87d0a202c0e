import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { stageMemberRoles } from '@xuekao/contracts';
import type { StageContestInput, StageMemberRole, StageSheet } from '@xuekao/contracts';

const roles = Object.keys(stageMemberRoles);
const sheetSchema = { type: 'object', additionalProperties: true, description: 'StageSheet', example: {} } as const;

export class StageSheetCheckDto {
  @ApiProperty(sheetSchema)
  @IsObject()
  sheet!: object;

  @ApiPropertyOptional({ description: 'number of teams that `needs` is told for' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  teams?: number;
}

export class NewStageSheetDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  unitId!: string;

  @ApiProperty(sheetSchema)
  @IsObject()
  sheet!: object;
}

export class StageSheetEditDto {
  @ApiProperty({ description: 'version that was edited; 409 when somebody else was first' })
  @IsInt()
  @Min(1)
  version!: number;

  @ApiProperty(sheetSchema)
  @IsObject()
  sheet!: object;
}

export class StageMemberInputDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  memberId!: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role!: StageMemberRole;
}

export class StageTeamInputDto {
  @ApiProperty({ maxLength: 30, example: '第一队' })
  @IsString()
  @Length(1, 30)
  name!: string;

  @ApiProperty({ type: [StageMemberInputDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => StageMemberInputDto)
  members!: StageMemberInputDto[];
}

export class StagePileInputDto {
  @ApiProperty({ example: 'required', description: 'id of the round' })
  @Matches(/^[a-z0-9-]{1,32}$/)
  round!: string;

  @ApiProperty({ description: '0…: the only pile, of the team, or of the stake' })
  @IsInt()
  @Min(0)
  @Max(99)
  pile!: number;

  @ApiProperty({ type: [String], format: 'uuid', description: 'question versions in their order' })
  @IsArray()
  @ArrayMaxSize(300)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  versionIds!: string[];
}

export class NewStageDto implements StageContestInput {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  unitId!: string;

  @ApiProperty({ maxLength: 120 })
  @IsString()
  @Length(1, 120)
  title!: string;

  @ApiPropertyOptional({ default: false })
  @IsOptional()
  @IsBoolean()
  rehearsal?: boolean;

  @ApiProperty({ example: 'classic', description: 'id of a stored sheet, or name of a shipped one' })
  @Matches(/^[a-z0-9-]{1,36}$/)
  sheetId!: string;

  @ApiProperty({ type: [StageTeamInputDto] })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => StageTeamInputDto)
  teams!: StageTeamInputDto[];

  @ApiProperty({ type: [StagePileInputDto] })
  @IsArray()
  @ArrayMaxSize(600)
  @ValidateNested({ each: true })
  @Type(() => StagePileInputDto)
  piles!: StagePileInputDto[];

  @ApiProperty({ type: [String], format: 'uuid', description: 'accounts that may sit at the judges’ table' })
  @IsArray()
  @ArrayMaxSize(30)
  @IsUUID('all', { each: true })
  judges!: string[];
}

export class StageSheetSummaryDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
  @ApiProperty({ type: [String], description: 'titles of the rounds' }) rounds!: readonly string[];
  @ApiProperty({ description: 'comes with the product and cannot be changed' }) shipped!: boolean;
  @ApiProperty({ type: String, nullable: true }) unitId!: string | null;
  @ApiProperty() version!: number;
}

export class StageSheetListDto {
  @ApiProperty({ type: [StageSheetSummaryDto] }) items!: StageSheetSummaryDto[];
}

export class StageSheetDetailDto extends StageSheetSummaryDto {
  @ApiProperty(sheetSchema) sheet!: StageSheet;
}

export class StageSheetSavedDto {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() version!: number;
}

export class StageSheetFaultDto {
  @ApiProperty() path!: string;
  @ApiProperty() message!: string;
}

export class StageNeedDto {
  @ApiProperty() round!: string;
  @ApiProperty() pile!: number;
  @ApiProperty() questions!: number;
}

export class StageHintDto {
  @ApiProperty() round!: string;
  @ApiProperty() message!: string;
}

export class StageSheetVerdictDto {
  @ApiProperty({ type: [StageSheetFaultDto] }) faults!: readonly StageSheetFaultDto[];
  @ApiProperty({ type: [StageNeedDto] }) needs!: readonly StageNeedDto[];
  @ApiProperty({ type: [StageHintDto], description: 'allowed, but worth knowing with so many teams' })
  hints!: readonly StageHintDto[];
}
