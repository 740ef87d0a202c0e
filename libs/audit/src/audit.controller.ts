import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { AuditListQuery, AuditPageDto, AuditVerdictDto } from './audit.dto.js';
import { AuditService } from './audit.service.js';

@ApiTags('audit')
@Controller('audit')
@Permit('audit.read')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiOkResponse({ type: AuditPageDto })
  list(@Query() query: AuditListQuery): Promise<AuditPageDto> {
    return this.audit.list(query);
  }

  @Get('verify')
  @ApiOkResponse({ type: AuditVerdictDto })
  async verify(): Promise<AuditVerdictDto> {
    const verdict = await this.audit.verifyAudit();
    return verdict.kind === 'whole'
      ? { isWhole: true, verified: verdict.head.number, headHash: verdict.head.hash, brokenNumber: null, fault: null }
      : {
          isWhole: false,
          verified: verdict.number - 1,
          headHash: null,
          brokenNumber: verdict.number,
          fault: verdict.fault,
        };
  }

  /** JSON lines, oldest first; `cursor` and `limit` do not matter. */
  @Get('export')
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(@Query() { cursor: _cursor, limit: _limit, ...query }: AuditListQuery): Promise<StreamableFile> {
    const lines = await this.audit.exportLines(query);
    return new StreamableFile(Readable.from(lines), {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: 'attachment; filename="audit.jsonl"',
    });
  }
}
