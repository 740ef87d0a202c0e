import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import type { LikenessKind, LikenessReason, TwinDecision } from '@xuekao/contracts';
import { likenessKinds, likenessReasons, twinDecisions } from '@xuekao/contracts';
import { Permit } from '@xuekao/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { QuestionSummaryDto } from './question.dto.js';
import { summaryDto } from './question.presenter.js';
import { TwinService } from './twin.service.js';

const decisions = Object.keys(twinDecisions);

export class TwinListQuery {
  @ApiPropertyOptional({ default: 0 }) @IsOptional() @Type(() => Number) @IsInt() @Min(0) offset?: number;
  @ApiPropertyOptional({ default: 50, maximum: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;
}

export class TwinDto {
  @ApiProperty({ enum: Object.keys(likenessKinds) }) kind!: LikenessKind;
  @ApiProperty({ description: '0 to 100' }) score!: number;
  @ApiProperty({ enum: Object.keys(likenessReasons) }) reason!: LikenessReason;
  @ApiProperty({ description: 'the reason in Chinese' }) message!: string;
  @ApiProperty({ type: QuestionSummaryDto }) first!: QuestionSummaryDto;
  @ApiProperty({ type: QuestionSummaryDto }) second!: QuestionSummaryDto;
}

export class TwinPageDto {
  @ApiProperty({ type: [TwinDto] }) items!: TwinDto[];
  @ApiProperty() total!: number;
}

export class TwinVerdictDto {
  @ApiProperty({ format: 'uuid' }) @IsUUID() firstId!: string;
  @ApiProperty({ format: 'uuid' }) @IsUUID() secondId!: string;
  @ApiProperty({ enum: decisions }) @IsIn(decisions) decision!: TwinDecision;
  @ApiPropertyOptional({ format: 'uuid', description: 'of a merge: the one that stays; the other is retired' })
  @IsOptional()
  @IsUUID()
  keptId?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) reason?: string;
}

/** 可能重复: pairs of questions that ask the same and that nobody has decided about. */
@ApiTags('bank')
@Controller('questions/twins')
export class TwinController {
  constructor(private readonly twins: TwinService) {}

  @Get()
  @Permit('bank.edit')
  @ApiOkResponse({ type: TwinPageDto })
  async list(@Query() { offset = 0, limit = 50 }: TwinListQuery): Promise<TwinPageDto> {
    const { items, total } = await this.twins.open(offset, limit);
    return {
      total,
      items: items.map(({ kind, score, reason, first, second, bodies }) => ({
        kind,
        score,
        reason,
        message: likenessReasons[reason],
        first: summaryDto({
          question: first,
          body: bodies[0],
        }),
        second: summaryDto({
          question: second,
          body: bodies[1],
        }),
      })),
    };
  }

  @Post()
  @HttpCode(204)
  @Permit('bank.edit')
  @ApiNoContentResponse()
  decide(@Body() verdict: TwinVerdictDto): Promise<void> {
    return this.twins.decide(verdict);
  }
}
