import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { sessionLevels, sessionStates, sessionTypes } from '@xuekao/contracts';
import type { SessionLevel, SessionState, SessionType } from '@xuekao/contracts';
import { PageQuery } from '@xuekao/platform';

const types = Object.keys(sessionTypes);
const levels = Object.keys(sessionLevels);
const states = Object.keys(sessionStates);
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
/** Epoch milliseconds up to the year 2200. */
const lastInstant = 7_258_118_400_000;

export class SessionPersonDto {
  @ApiProperty({ type: String, nullable: true, description: 'null for people from outside' })
  @IsOptional()
  @IsUUID()
  memberId: string | null = null;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name!: string;
}

export class SessionSpeakerDto extends SessionPersonDto {
  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  organisation: string | null = null;

  @ApiProperty({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  post: string | null = null;
}

export class SessionPeopleDto {
  @ApiPropertyOptional({ type: SessionPersonDto, nullable: true, description: '主持人' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionPersonDto)
  host?: SessionPersonDto | null;

  @ApiPropertyOptional({ type: SessionPersonDto, nullable: true, description: '记录人' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionPersonDto)
  recorder?: SessionPersonDto | null;

  @ApiPropertyOptional({ type: SessionSpeakerDto, nullable: true, description: '主讲人' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionSpeakerDto)
  speaker?: SessionSpeakerDto | null;

  @ApiPropertyOptional({ type: SessionPersonDto, nullable: true, description: '领誓人' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionPersonDto)
  oathLeader?: SessionPersonDto | null;
}

export class SessionAudienceDto {
  @ApiProperty({ type: [String] })
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(200)
  unitIds!: string[];

  @ApiProperty({ enum: ['subtree', 'unit'], description: 'subtree: with everyone below the units' })
  @IsIn(['subtree', 'unit'])
  reach!: 'subtree' | 'unit';

  @ApiProperty({ type: [String] })
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(2000)
  memberIds!: string[];
}

export class NewSessionItemDto {
  @ApiProperty({ enum: types })
  @IsIn(types)
  type!: SessionType;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  title!: string;

  @ApiPropertyOptional({ type: [String], description: '学习篇目' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  topics?: string[];

  @ApiProperty({ minimum: 0, maximum: 20_000 })
  @IsInt()
  @Min(0)
  @Max(20_000)
  minutes!: number;

  @ApiPropertyOptional({ type: Number, nullable: true, description: 'half days of a training class' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(120)
  halfDays?: number | null;
}

export class NewSessionDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(120)
  title!: string;

  @ApiProperty({ description: 'a unit of either tree' })
  @IsUUID()
  ownerUnitId!: string;

  @ApiPropertyOptional({ type: SessionAudienceDto, description: 'default: the owner unit with everyone below' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionAudienceDto)
  audience?: SessionAudienceDto;

  @ApiProperty()
  @IsString()
  @MaxLength(200)
  place!: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(/^https?:\/\/\S+$/)
  @MaxLength(500)
  onlineLink?: string | null;

  @ApiProperty({ description: 'epoch milliseconds' })
  @IsInt()
  @Min(0)
  @Max(lastInstant)
  plannedStartAt!: number;

  @ApiProperty({ description: 'epoch milliseconds' })
  @IsInt()
  @Min(0)
  @Max(lastInstant)
  plannedEndAt!: number;

  @ApiPropertyOptional({ description: 'default: half an hour before the planned start' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(lastInstant)
  checkInOpensAt?: number;

  @ApiPropertyOptional({ description: 'default: the planned end' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(lastInstant)
  checkInClosesAt?: number;

  @ApiPropertyOptional({ type: SessionPeopleDto })
  @IsOptional()
  @ValidateNested()
  @Type(() => SessionPeopleDto)
  people?: SessionPeopleDto;

  @ApiPropertyOptional({ description: '议程' })
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  agenda?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'campaign that the session is part of, such as 五个一',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  campaignTag?: string | null;

  @ApiPropertyOptional({ description: '研究机关党建' })
  @IsOptional()
  @IsBoolean()
  studiesPartyBuilding?: boolean;

  @ApiPropertyOptional({ enum: levels, nullable: true })
  @IsOptional()
  @IsIn(levels)
  level?: SessionLevel | null;

  @ApiProperty({ type: [NewSessionItemDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => NewSessionItemDto)
  items!: NewSessionItemDto[];
}

export class SessionRevisionDto extends PartialType(NewSessionDto) {
  @ApiPropertyOptional({ description: 'the version that was read' })
  @IsOptional()
  @IsInt()
  version?: number;
}

export class SessionListQueryDto extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  ownerUnitId?: string;

  @ApiPropertyOptional({ enum: types })
  @IsOptional()
  @IsIn(types)
  type?: SessionType;

  @ApiPropertyOptional({ enum: states })
  @IsOptional()
  @IsIn(states)
  state?: SessionState;

  @ApiPropertyOptional({ description: 'first day, YYYY-MM-DD' })
  @IsOptional()
  @Matches(dayPattern)
  from?: string;

  @ApiPropertyOptional({ description: 'last day, YYYY-MM-DD' })
  @IsOptional()
  @Matches(dayPattern)
  to?: string;
}

export class SessionMonthQueryDto {
  @ApiProperty({ example: '2017-11' })
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/)
  month!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  ownerUnitId?: string;

  @ApiPropertyOptional({ enum: types })
  @IsOptional()
  @IsIn(types)
  type?: SessionType;
}
