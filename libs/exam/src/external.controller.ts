import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { PageQuery, Permit } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import {
  ExternalExamDetailDto,
  ExternalExamDto,
  ExternalExamPageDto,
  ExternalResultDto,
  ImportModeQuery,
  NewExternalExamDto,
  ResultPreviewDto,
  ResultsImportedDto,
} from './external.dto.js';
import type { ExternalExamRow, ExternalResultRow } from './external.entity.js';
import { messageOf } from './external.faults.js';
import { ExternalExamService } from './external.service.js';
import type { ResultPreview } from './external.service.js';
import { download, uploadedFile, xlsx } from './file-response.js';

const fileBody = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } };

function externalDto(exam: ExternalExamRow): ExternalExamDto {
  const { id, title, level, heldOn, unitId, full, passLine, excellentLine, importedAt } = exam;
  return { id, title, level, heldOn, unitId, full, passLine, excellentLine, importedAt };
}

function resultDto(result: ExternalResultRow): ExternalResultDto {
  const { memberId, staffNumber, name, unitId, unitName, status, exemption, raw, score } = result;
  return { memberId, staffNumber, name, unitId, unitName, status, exemption, raw, score };
}

function previewDto({ sheet, lines, good, bad }: ResultPreview): ResultPreviewDto {
  return {
    sheet: sheet.sheet,
    good,
    bad,
    lines: lines.map(({ line, result, faults }) => ({
      ...line,
      status: result?.status ?? null,
      faults: faults.map(({ column, row, refusal }) => ({
        sheet: sheet.sheet,
        cell: sheet.cellOf(column, row),
        code: refusal.code,
        message: messageOf(refusal),
      })),
    })),
  };
}

/** Exams held elsewhere, and the import of their result lists. */
@ApiTags('exam')
@Controller('external-exams')
export class ExternalExamController {
  constructor(private readonly external: ExternalExamService) {}

  @Get()
  @Permit('exam.read')
  @ApiOkResponse({ type: ExternalExamPageDto })
  async list(@Query() query: PageQuery): Promise<ExternalExamPageDto> {
    const { items, nextCursor, total } = await this.external.list(query);
    return { items: items.map(externalDto), nextCursor, total };
  }

  @Get(':id')
  @Permit('exam.read')
  @ApiOkResponse({ type: ExternalExamDetailDto })
  async get(@Param('id') id: string): Promise<ExternalExamDetailDto> {
    const { exam, results } = await this.external.get(id);
    return { ...externalDto(exam), results: results.map(resultDto) };
  }

  @Post()
  @Permit('exam.import')
  @ApiCreatedResponse({ type: ExternalExamDto })
  async create(@Body() input: NewExternalExamDto): Promise<ExternalExamDto> {
    return externalDto(await this.external.create(input));
  }

  @Get(':id/results/template')
  @Permit('exam.import')
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template(@Param('id') id: string): Promise<StreamableFile> {
    const { exam, file } = await this.external.template(id);
    return download(file, `${exam.title}-成绩导入模板.xlsx`);
  }

  @Post(':id/results/preview')
  @HttpCode(200)
  @Permit('exam.import')
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody)
  @ApiOkResponse({ type: ResultPreviewDto })
  async preview(@Param('id') id: string, @Req() request: FastifyRequest): Promise<ResultPreviewDto> {
    return previewDto(await this.external.preview(id, await uploadedFile(request)));
  }

  @Post(':id/results')
  @HttpCode(200)
  @Permit('exam.import')
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody)
  @ApiOkResponse({ type: ResultsImportedDto })
  async import(
    @Param('id') id: string,
    @Query() { mode }: ImportModeQuery,
    @Req() request: FastifyRequest,
  ): Promise<ResultsImportedDto> {
    return this.external.importResults(id, await uploadedFile(request), mode);
  }
}
