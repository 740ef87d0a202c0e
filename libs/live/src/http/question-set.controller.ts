import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PageQuery, Permit } from '@xuekao/platform';
import { QuestionSetService } from '../question-set.service.js';
import type { QuestionSetSummary } from '../question-set.service.js';
import {
  NewQuestionSetDto,
  QuestionSetChangedDto,
  QuestionSetDetailDto,
  QuestionSetDto,
  QuestionSetEditDto,
  QuestionSetPageDto,
} from './question-set.dto.js';

@ApiTags('live')
@Controller('live/question-sets')
export class QuestionSetController {
  constructor(private readonly sets: QuestionSetService) {}

  @Get()
  @Permit('live.host')
  @ApiOkResponse({ type: QuestionSetPageDto })
  async list(@Query() query: PageQuery): Promise<QuestionSetPageDto> {
    const { items, nextCursor, total } = await this.sets.list(query);
    return { items: items.map(setDto), nextCursor, total };
  }

  @Get(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: QuestionSetDetailDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<QuestionSetDetailDto> {
    const set = await this.sets.get(id);
    return { ...setDto(set), items: [...set.items] };
  }

  @Post()
  @Permit('live.host')
  @ApiCreatedResponse({ type: QuestionSetChangedDto })
  async create(@Body() { unitId, ...input }: NewQuestionSetDto): Promise<QuestionSetChangedDto> {
    const { id, version } = await this.sets.create(unitId, input);
    return { id, version };
  }

  @Put(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: QuestionSetChangedDto })
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { version, ...input }: QuestionSetEditDto,
  ): Promise<QuestionSetChangedDto> {
    const changed = await this.sets.change(id, version, input);
    return { id, version: changed.version };
  }

  @Delete(':id')
  @Permit('live.host')
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.sets.remove(id);
  }
}

function setDto({ id, unitId, title, version, questions, updatedAt }: QuestionSetSummary): QuestionSetDto {
  return { id, unitId, title, version, questions, updatedAt };
}
