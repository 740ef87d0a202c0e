import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Put,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { exportFormats } from '@xuekao/contracts';
import { Permit, namedUpload } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { BankRefused } from '../bank.errors.js';
import { xlsxTemplate } from '../formats/index.js';
import { ImportCommitService } from './import-commit.service.js';
import { ImportRowsService } from './import-rows.service.js';
import { ImportUndoService } from './import-undo.service.js';
import {
  BankFileQuestionDto,
  BankImportCommitDto,
  BankImportDto,
  BankImportListQuery,
  BankImportNumbersDto,
  BankImportPageDto,
  BankImportQuery,
  BankImportRowDto,
  BankImportRowPageDto,
  BankImportRowsQuery,
  BankImportTextDto,
  BankImportUndoDto,
  BankUndoPlanDto,
} from './import.dto.js';
import { importDto, importRowDto, undoPlanDto } from './import.presenter.js';
import { ImportService } from './import.service.js';
import type { CountedImport } from './import.service.js';

const fileBody = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } };
const dtoOf = ({ batch, counts }: CountedImport): BankImportDto => importDto(batch, counts);

/** A file with a name in Chinese (RFC 6266, with an ASCII name for old clients). */
export function downloadOf(file: Buffer, name: string, type: string): StreamableFile {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const extension = /\.[a-z]+$/u.exec(safe)?.[0] ?? '';
  const disposition = `attachment; filename="export${extension}"; filename*=UTF-8''${encodeURIComponent(safe)}`;
  return new StreamableFile(file, { type, disposition });
}

/** Imports: upload, look, mend and confirm, commit, undo. */
@ApiTags('bank')
@Controller('questions/imports')
export class ImportController {
  constructor(
    private readonly imports: ImportService,
    private readonly rowsOf: ImportRowsService,
    private readonly commits: ImportCommitService,
    private readonly undos: ImportUndoService,
  ) {}

  @Get()
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportPageDto })
  async list(@Query() query: BankImportListQuery): Promise<BankImportPageDto> {
    const { items, nextCursor, total } = await this.imports.list(query);
    return { items: items.map(dtoOf), nextCursor, total };
  }

  @Get('template')
  @Permit('bank.edit')
  @ApiProduces(exportFormats.xlsx.type)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async template(): Promise<StreamableFile> {
    return downloadOf(await xlsxTemplate(), '试题导入模板.xlsx', exportFormats.xlsx.type);
  }

  @Post()
  @Permit('bank.edit')
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody)
  @ApiCreatedResponse({ type: BankImportDto })
  async upload(@Query() query: BankImportQuery, @Req() request: FastifyRequest): Promise<BankImportDto> {
    const file = await namedUpload(request);
    if (!file) throw new BankRefused('bank.import.file-missing');
    return dtoOf(await this.imports.upload({ ...query, ...file }));
  }

  @Post('text')
  @Permit('bank.edit')
  @ApiCreatedResponse({ type: BankImportDto })
  async uploadText(@Body() { text, format = 'text', ...more }: BankImportTextDto): Promise<BankImportDto> {
    return dtoOf(await this.imports.upload({ ...more, format, name: '', bytes: Buffer.from(text) }));
  }

  @Get(':id')
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportDto })
  async get(@Param('id') id: string): Promise<BankImportDto> {
    return dtoOf(await this.imports.get(id));
  }

  @Get(':id/rows')
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportRowPageDto })
  async rows(@Param('id') id: string, @Query() query: BankImportRowsQuery): Promise<BankImportRowPageDto> {
    const { items, nextCursor, total } = await this.imports.rows(id, query);
    return { items: items.map(importRowDto), nextCursor, total };
  }

  @Put(':id/rows/:number')
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportRowDto })
  async mend(
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
    @Body() question: BankFileQuestionDto,
  ): Promise<BankImportRowDto> {
    return importRowDto(await this.rowsOf.mend(id, number, question));
  }

  @Post(':id/rows/confirm')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportDto })
  async confirm(@Param('id') id: string, @Body() { numbers }: BankImportNumbersDto): Promise<BankImportDto> {
    await this.rowsOf.confirm(id, numbers);
    return dtoOf(await this.imports.get(id));
  }

  @Post(':id/rows/skip')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportDto })
  async skip(@Param('id') id: string, @Body() { numbers }: BankImportNumbersDto): Promise<BankImportDto> {
    await this.rowsOf.skip(id, numbers);
    return dtoOf(await this.imports.get(id));
  }

  @Post(':id/commit')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportDto })
  async commit(@Param('id') id: string, @Body() { mode }: BankImportCommitDto): Promise<BankImportDto> {
    return dtoOf(await this.commits.commit(id, mode));
  }

  @Get(':id/undo-plan')
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankUndoPlanDto })
  async undoPlan(@Param('id') id: string): Promise<BankUndoPlanDto> {
    return undoPlanDto(await this.undos.plan(id));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: BankImportDto })
  async undo(@Param('id') id: string, @Body() { mode }: BankImportUndoDto): Promise<BankImportDto> {
    return dtoOf(await this.undos.undo(id, mode));
  }
}
