import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { StatsQueryDto } from '@xuekao/stats';
import {
  ChangeReportDto,
  CreateReportDto,
  FigureRecordsDto,
  FinaliseDto,
  ReportDto,
  ReportListQueryDto,
  ReportPageDto,
  WriteSectionDto,
} from './report.dto.js';
import { ReportFiles } from './report-files.service.js';
import type { ReportFile } from './report-files.service.js';
import { ReportFinalising } from './report-finalising.service.js';
import { shownHead, shownReport } from './report.presenter.js';
import { ReportReader } from './report.reader.js';
import { ReportService } from './report.service.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const binary = { schema: { type: 'string', format: 'binary' } } as const;

/** RFC 6266: the Chinese name in `filename*`, a plain one for clients that do not read it. */
function download({ name, bytes }: ReportFile, type: string, plain: string): StreamableFile {
  const disposition = `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
  return new StreamableFile(bytes, { type, disposition, length: bytes.length });
}

@ApiTags('report')
@Controller('reports')
export class ReportController {
  constructor(
    private readonly reader: ReportReader,
    private readonly reports: ReportService,
    private readonly finalising: ReportFinalising,
    private readonly files: ReportFiles,
  ) {}

  @Get()
  @Permit('report.read')
  @ApiOkResponse({ type: ReportPageDto })
  async list(@Query() query: ReportListQueryDto): Promise<ReportPageDto> {
    const page = await this.reader.list(query);
    return { ...page, items: page.items.map(shownHead) };
  }

  @Post()
  @Permit('report.write')
  @ApiCreatedResponse({ type: ReportDto })
  async create(@Body() body: CreateReportDto): Promise<ReportDto> {
    return shownReport(await this.reports.create(body));
  }

  /** Sections with sentences, the figures with their traces, and the gaps. */
  @Get(':id')
  @Permit('report.read')
  @ApiOkResponse({ type: ReportDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<ReportDto> {
    return shownReport(await this.reader.open(id));
  }

  @Patch(':id')
  @Permit('report.write')
  @ApiOkResponse({ type: ReportDto })
  async change(@Param('id', ParseUUIDPipe) id: string, @Body() body: ChangeReportDto): Promise<ReportDto> {
    return shownReport(await this.reports.change(id, body));
  }

  /** People's text of one section. */
  @Put(':id/sections/:section')
  @Permit('report.write')
  @ApiOkResponse({ type: ReportDto })
  async writeSection(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('section') section: string,
    @Body() { omitted = [], ...body }: WriteSectionDto,
  ): Promise<ReportDto> {
    return shownReport(await this.reports.writeSection(id, section, { ...body, omitted }));
  }

  /** Freezes figures and text. Refused with the list while data gaps remain. */
  @Post(':id/finalise')
  @HttpCode(200)
  @Permit('report.write')
  @ApiOkResponse({ type: ReportDto })
  async finalise(@Param('id', ParseUUIDPipe) id: string, @Body() body: FinaliseDto): Promise<ReportDto> {
    return shownReport(await this.finalising.finalise(id, body.version));
  }

  /** The records behind one figure. */
  @Get(':id/figures/:figure/records')
  @Permit('report.read')
  @ApiOkResponse({ type: FigureRecordsDto })
  async records(@Param('id', ParseUUIDPipe) id: string, @Param('figure') figure: string): Promise<FigureRecordsDto> {
    const rows = await this.reader.records(id, figure);
    return {
      items: rows.map(({ id: recordId, kind, date, title, unit, detail }) => ({
        id: recordId,
        kind,
        date,
        title,
        unit,
        detail,
      })),
    };
  }

  @Get(':id/document.docx')
  @Permit('report.read')
  @ApiProduces(docx)
  @ApiOkResponse(binary)
  async document(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    return download(await this.files.document(id), docx, 'report.docx');
  }

  @Get(':id/tables.xlsx')
  @Permit('report.read')
  @ApiProduces(xlsx)
  @ApiOkResponse(binary)
  async tables(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    return download(await this.files.tables(id), xlsx, 'tables.xlsx');
  }
}

/** The tables of a unit and period without a report. */
@ApiTags('stats')
@Controller('stats')
export class StatsExportController {
  constructor(private readonly files: ReportFiles) {}

  @Get('tables.xlsx')
  @Permit('stats.read')
  @ApiProduces(xlsx)
  @ApiOkResponse(binary)
  async tables(@Query() query: StatsQueryDto): Promise<StreamableFile> {
    return download(await this.files.statistics(query), xlsx, 'statistics.xlsx');
  }
}
