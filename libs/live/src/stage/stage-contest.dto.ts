import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { stageMemberRoles } from '@xuekao/contracts';
import type { StageFrame, StageListedSeat, StageMemberRole, StagePage, StageSheet, StageView } from '@xuekao/contracts';
import { pagedParts } from './stage-messages.dto.js';

export class StageMemberDto {
  @ApiProperty({ format: 'uuid' }) memberId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ enum: Object.keys(stageMemberRoles) }) role!: StageMemberRole;
}

export class StageTeamDto {
  @ApiProperty() team!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [StageMemberDto] }) members!: StageMemberDto[];
}

export class StageSummaryDto {
  @ApiProperty({ format: 'uuid', description: 'also the id of its room' }) id!: string;
  @ApiProperty({ format: 'uuid' }) unitId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: String, nullable: true, description: 'six digits while it runs' }) code!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'path of the web app to put into the QR code' })
  joinPath!: string | null;
  @ApiProperty() rehearsal!: boolean;
  @ApiProperty() questions!: number;
  @ApiProperty() hostName!: string;
  @ApiProperty() createdAt!: number;
  @ApiProperty({ type: Number, nullable: true }) endedAt!: number | null;
}

export class StagePageDto {
  @ApiProperty({ type: [StageSummaryDto] }) items!: StageSummaryDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}

export class JudgeAccountDto {
  @ApiProperty({ format: 'uuid' }) accountId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
}

export class JudgeAccountPageDto {
  @ApiProperty({ type: [JudgeAccountDto], description: 'people who have an account' }) items!: JudgeAccountDto[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty({ description: 'people of the scope, with or without an account' }) total!: number;
}

export class StageListDto {
  @ApiProperty({ type: [StageSummaryDto] }) items!: StageSummaryDto[];
}

export class StageDetailDto extends StageSummaryDto {
  @ApiProperty() sheetId!: string;
  @ApiProperty() sheetName!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'StageSheet' }) sheet!: StageSheet;
  @ApiProperty({ type: [StageTeamDto] }) teams!: StageTeamDto[];
  @ApiProperty({ type: [String] }) judges!: string[];
}

export class StageResultDto {
  @ApiProperty() team!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'hundredths' }) score!: number;
  @ApiProperty() place!: number;
  @ApiProperty() right!: number;
  @ApiProperty() wrong!: number;
  @ApiProperty({ type: [String] }) members!: string[];
}

export class StageResultsDto {
  @ApiProperty({ type: StageSummaryDto }) contest!: StageSummaryDto;
  @ApiProperty({ type: [StageResultDto], description: 'by place; empty for a rehearsal' }) items!: StageResultDto[];
}

export class StageReplayDto {
  @ApiProperty({ format: 'uuid' }) roomId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'StageView before the first frame' })
  view!: StageView;
  @ApiProperty({ type: [Object], description: 'StageFrame, to be laid over the view in order' })
  frames!: readonly StageFrame[];
  @ApiProperty({ type: [Object], description: 'seats and answers of the audience with their times' })
  progress!: readonly object[];
}

const viewers = ['team', 'audience', 'host', 'judge'] as const;

export class StagePictureQuery {
  @ApiPropertyOptional({ enum: viewers, default: 'team' })
  @IsOptional()
  @IsIn(viewers)
  role: (typeof viewers)[number] = 'team';
}

export class StageViewQuery extends StagePictureQuery {
  @ApiPropertyOptional({ description: 'seq of the last view; 304 when nothing changed since' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  since?: number;
}

export class StageRoomViewDto {
  @ApiProperty() roomId!: string;
  @ApiProperty({ enum: viewers }) role!: string;
  @ApiProperty() seq!: number;
  @ApiProperty() serverTime!: number;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'StageView' }) view!: StageView;
}

export class StageMoreQuery {
  @ApiPropertyOptional({ enum: viewers, default: 'team' })
  @IsOptional()
  @IsIn(viewers)
  role: (typeof viewers)[number] = 'team';

  @ApiProperty({ enum: pagedParts, description: 'a part that the view names in `rest`, or the ledger' })
  @IsIn(pagedParts)
  part!: StagePage['part'];

  @ApiPropertyOptional({ default: 0, description: 'index of the first item wanted' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  from = 0;
}

export class StageRestDto {
  @ApiProperty({ enum: pagedParts }) part!: StagePage['part'];
  @ApiProperty() from!: number;
  @ApiProperty({ description: 'length of the whole' }) total!: number;
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: {} }] }) items!: StagePage['items'];
}

export class StageAudienceQuery {
  @ApiPropertyOptional({ enum: ['host', 'judge'], default: 'host' })
  @IsOptional()
  @IsIn(['host', 'judge'])
  role: 'host' | 'judge' = 'host';

  @ApiPropertyOptional({ description: 'part of a name or of a unit name, or the number of a seat', maxLength: 60 })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  q: string = '';

  @ApiPropertyOptional({ default: 0, description: '`next` of the former page' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after: number = 0;

  @ApiPropertyOptional({ default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class StageListedSeatDto implements StageListedSeat {
  @ApiProperty() seat!: number;
  @ApiProperty() name!: string;
  @ApiProperty() unitName!: string;
  @ApiProperty({ description: 'right answers in the audience questions so far' }) right!: number;
}

export class StageSeatPageDto {
  @ApiProperty({ type: [StageListedSeatDto] }) items!: StageListedSeatDto[];
  @ApiProperty({ type: Number, nullable: true }) next!: number | null;
  @ApiProperty() total!: number;
}
