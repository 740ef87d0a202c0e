import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { download, xlsx } from '../file-response.js';
import { AnalysisExport } from './analysis-export.js';
import { AnalysisQuery, ExamAnalysisDto } from './analysis.dto.js';
import { analysisDto } from './analysis.presenter.js';
import { AnalysisService } from './analysis.service.js';

/** Item and test statistics of an exam, over the people in scope. */
@ApiTags('exam')
@Controller('exams')
export class AnalysisController {
  constructor(
    private readonly analysis: AnalysisService,
    private readonly exports: AnalysisExport,
  ) {}

  @Get(':id/analysis')
  @Permit('exam.read')
  @ApiOkResponse({ type: ExamAnalysisDto })
  async get(@Param('id') id: string, @Query() { attempts }: AnalysisQuery): Promise<ExamAnalysisDto> {
    return analysisDto(await this.analysis.of(id, attempts));
  }

  @Get(':id/analysis/xlsx')
  @Permit('exam.read')
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(@Param('id') id: string, @Query() { attempts }: AnalysisQuery): Promise<StreamableFile> {
    const { exam, file } = await this.exports.workbook(id, attempts);
    return download(file, `${exam.title}-质量分析.xlsx`);
  }
}
