import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { ExamExportService } from './exam-export.service.js';
import { ExamQuery } from './exam.query.js';
import { ExamRunService } from './exam-run.service.js';
import { ExamService } from './exam.service.js';
import {
  CloseDto,
  ExamDto,
  ExamEditDto,
  ExamListQuery,
  ExamPageDto,
  ExamProgressDto,
  ExamResultsDto,
  NewExamDto,
} from './exam.dto.js';
import { examDto, planOf, progressDto, resultsDto } from './exam.presenter.js';
import { download, xlsx } from './file-response.js';

/** Exams as their organisers see them. */
@ApiTags('exam')
@Controller('exams')
export class ExamController {
  constructor(
    private readonly exams: ExamService,
    private readonly run: ExamRunService,
    private readonly query: ExamQuery,
    private readonly exports: ExamExportService,
  ) {}

  @Get()
  @Permit('exam.read')
  @ApiOkResponse({ type: ExamPageDto })
  async list(@Query() query: ExamListQuery): Promise<ExamPageDto> {
    const { items, nextCursor, total } = await this.query.list(query);
    return { items: items.map(examDto), nextCursor, total };
  }

  @Get(':id')
  @Permit('exam.read')
  @ApiOkResponse({ type: ExamDto })
  async get(@Param('id') id: string): Promise<ExamDto> {
    return examDto(await this.query.get(id));
  }

  @Post()
  @Permit('exam.manage')
  @ApiCreatedResponse({ type: ExamDto })
  async create(@Body() { paper, ...input }: NewExamDto): Promise<ExamDto> {
    return examDto(await this.exams.create(input, planOf(paper)));
  }

  @Put(':id')
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamDto })
  async edit(@Param('id') id: string, @Body() { version, paper, ...input }: ExamEditDto): Promise<ExamDto> {
    return examDto(await this.exams.edit(id, version, input, paper && planOf(paper)));
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamDto })
  async publish(@Param('id') id: string): Promise<ExamDto> {
    return examDto(await this.run.publish(id));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamDto })
  async close(@Param('id') id: string, @Body() { collect = false }: CloseDto): Promise<ExamDto> {
    return examDto(await this.run.close(id, collect));
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamDto })
  async archive(@Param('id') id: string): Promise<ExamDto> {
    return examDto(await this.run.archive(id));
  }

  @Get(':id/progress')
  @Permit('exam.read')
  @ApiOkResponse({ type: ExamProgressDto })
  async progress(@Param('id') id: string): Promise<ExamProgressDto> {
    return progressDto(await this.query.sittings(id));
  }

  @Get(':id/results')
  @Permit('exam.read')
  @ApiOkResponse({ type: ExamResultsDto })
  async results(@Param('id') id: string): Promise<ExamResultsDto> {
    return resultsDto(await this.query.sittings(id));
  }

  @Get(':id/results/xlsx')
  @Permit('exam.read')
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async resultsFile(@Param('id') id: string): Promise<StreamableFile> {
    const { exam, file } = await this.exports.results(id);
    return download(file, `${exam.title}-成绩.xlsx`);
  }
}
