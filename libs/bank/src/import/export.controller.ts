import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { ExportService } from './export.service.js';
import { BankExportPlanDto, BankExportQuery } from './export.dto.js';
import { downloadOf } from './import.controller.js';

/** Files of the bank: for papers by hand, other systems and safe-keeping. */
@ApiTags('bank')
@Controller('questions/exports')
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get()
  @Permit('bank.read')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(@Query() { format, keys, ...filter }: BankExportQuery): Promise<StreamableFile> {
    const { file, name, type } = await this.exports.export(format, filterOf(filter), keys === 'yes');
    return downloadOf(file, name, type);
  }

  @Get('plan')
  @Permit('bank.read')
  @ApiOkResponse({ type: BankExportPlanDto })
  async plan(@Query() { format, keys, ...filter }: BankExportQuery): Promise<BankExportPlanDto> {
    const { fitting, leftOut } = await this.exports.plan(format, filterOf(filter), keys === 'yes');
    return { questions: fitting.length, leftOut: leftOut.map(({ code, type }) => ({ code, type })) };
  }
}

type Picked = Omit<BankExportQuery, 'format' | 'keys'>;

/** What picks questions, without the paging that a list has. */
function filterOf({ type, topic, difficulty, state, q, importId }: Picked): Omit<Picked, 'cursor' | 'limit'> {
  return { type, topic, difficulty, state, q, importId } as Omit<Picked, 'cursor' | 'limit'>;
}
