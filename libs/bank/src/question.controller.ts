import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  NewQuestionDto,
  QuestionChangedDto,
  QuestionDetailDto,
  QuestionEditDto,
  QuestionListQuery,
  QuestionPageDto,
  TopicListDto,
} from './question.dto.js';
import { changedDto, detailDto, summaryDto } from './question.presenter.js';
import { QuestionService } from './question.service.js';

@ApiTags('bank')
@Controller('questions')
export class QuestionController {
  constructor(private readonly questions: QuestionService) {}

  @Get()
  @Permit('bank.read')
  @ApiOkResponse({ type: QuestionPageDto })
  async list(@Query() query: QuestionListQuery): Promise<QuestionPageDto> {
    const { items, nextCursor, total } = await this.questions.list(query);
    return { items: items.map(summaryDto), nextCursor, total };
  }

  @Get('topics')
  @Permit('bank.read')
  @ApiOkResponse({ type: TopicListDto })
  async topics(): Promise<TopicListDto> {
    return { items: await this.questions.topics() };
  }

  @Get(':id')
  @Permit('bank.read')
  @ApiOkResponse({ type: QuestionDetailDto })
  async get(@Param('id') id: string): Promise<QuestionDetailDto> {
    return detailDto(await this.questions.get(id));
  }

  @Post()
  @Permit('bank.edit')
  @ApiCreatedResponse({ type: QuestionChangedDto })
  async create(@Body() { code, ...input }: NewQuestionDto): Promise<QuestionChangedDto> {
    return changedDto(await this.questions.create(code, input));
  }

  @Put(':id')
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto })
  async edit(@Param('id') id: string, @Body() { version, ...input }: QuestionEditDto): Promise<QuestionChangedDto> {
    return changedDto(await this.questions.edit(id, version, input));
  }

  @Post(':id/review')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto })
  async review(@Param('id') id: string): Promise<QuestionChangedDto> {
    return changedDto(await this.questions.review(id));
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto })
  async publish(@Param('id') id: string): Promise<QuestionChangedDto> {
    return changedDto(await this.questions.publish(id));
  }
}
