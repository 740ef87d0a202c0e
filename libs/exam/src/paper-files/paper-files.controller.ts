import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { documentDownload, docx, pdf } from '../file-response.js';
import { PaperFileQuery } from './paper-files.dto.js';
import { PaperFilesService } from './paper-files.service.js';

/** Papers, keys and answer sheets to print. */
@ApiTags('exam')
@Controller('exams')
export class PaperFilesController {
  constructor(private readonly files: PaperFilesService) {}

  @Get(':id/paper-file')
  @Permit('exam.manage')
  @ApiProduces(pdf, docx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(@Param('id') id: string, @Query() query: PaperFileQuery): Promise<StreamableFile> {
    const { kind = 'paper', format = 'pdf', variant = 'A' } = query;
    const { name, bytes } = await this.files.file(id, { kind, format, variant });
    return documentDownload(bytes, `${name}.${format}`, format === 'pdf' ? pdf : docx);
  }
}
