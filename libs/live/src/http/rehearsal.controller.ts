import { Controller, Delete, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { RehearsalService } from '../rehearsal.service.js';
import { ClearedRehearsalsDto, RehearsalExtentDto, RehearsalQuery } from './log.dto.js';

/** Every rehearsal of a unit at once, of whatever contest. */
@ApiTags('live')
@Controller('live/rehearsals')
export class RehearsalController {
  constructor(private readonly rehearsals: RehearsalService) {}

  @Get()
  @Permit('live.host')
  @ApiOkResponse({ type: RehearsalExtentDto })
  extent(@Query() { unitId }: RehearsalQuery): Promise<RehearsalExtentDto> {
    return this.rehearsals.extentIn(unitId);
  }

  @Delete()
  @Permit('live.host')
  @ApiOkResponse({ type: ClearedRehearsalsDto })
  async clear(@Query() { unitId }: RehearsalQuery): Promise<ClearedRehearsalsDto> {
    return { cleared: await this.rehearsals.clearIn(unitId) };
  }
}
