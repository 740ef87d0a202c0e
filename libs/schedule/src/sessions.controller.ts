import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { AttendanceViews } from './attendance-view.service.js';
import { SessionReasonDto, HoursAdjustmentDto } from './attendance.dto.js';
import { ErratumTextDto, SessionRecordTextDto, SessionSignatureDto } from './record.dto.js';
import { RecordService } from './record.service.js';
import { SessionMonthQueryDto, NewSessionDto, SessionListQueryDto, SessionRevisionDto } from './session.dto.js';
import { SessionPlanning } from './session.planning.js';
import { SessionReader } from './session.reader.js';
import { detailView, lineView, SessionDetailDto, SessionMonthDto, SessionPageDto } from './session.view.js';

/** Plans and records of study sessions, for organisers. */
@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly planning: SessionPlanning,
    private readonly reader: SessionReader,
    private readonly records: RecordService,
    private readonly views: AttendanceViews,
  ) {}

  @Get()
  @Permit('session.read')
  @ApiOkResponse({ type: SessionPageDto })
  async list(@Query() query: SessionListQueryDto): Promise<SessionPageDto> {
    const { items, nextCursor, total } = await this.reader.list({ ...query });
    return { items: items.map((line) => lineView(line.head, line.items, line.counts)), nextCursor, total };
  }

  @Get('calendar')
  @Permit('session.read')
  @ApiOkResponse({ type: SessionMonthDto })
  async month(@Query() { month, ownerUnitId, type }: SessionMonthQueryDto): Promise<SessionMonthDto> {
    const lines = await this.reader.month(month, { ownerUnitId, type });
    return { items: lines.map((line) => lineView(line.head, line.items, line.counts)) };
  }

  @Post()
  @Permit('session.manage')
  @ApiCreatedResponse({ type: SessionDetailDto })
  async create(@Body() body: NewSessionDto): Promise<SessionDetailDto> {
    const { head } = await this.planning.create(body);
    return this.detail(head.id);
  }

  @Get(':id')
  @Permit('session.read')
  @ApiOkResponse({ type: SessionDetailDto })
  async detail(@Param('id', ParseUUIDPipe) id: string): Promise<SessionDetailDto> {
    const session = await this.reader.get(id);
    return detailView(session, await this.views.readable(session), this.records.missing(session));
  }

  @Patch(':id')
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async revise(@Param('id', ParseUUIDPipe) id: string, @Body() body: SessionRevisionDto): Promise<SessionDetailDto> {
    await this.planning.revise(id, given(body));
    return this.detail(id);
  }

  @Post(':id/publish')
  @HttpCode(200)
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async publish(@Param('id', ParseUUIDPipe) id: string): Promise<SessionDetailDto> {
    await this.planning.publish(id);
    return this.detail(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async cancel(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: SessionReasonDto,
  ): Promise<SessionDetailDto> {
    await this.planning.cancel(id, reason);
    return this.detail(id);
  }

  @Patch(':id/record')
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async record(@Param('id', ParseUUIDPipe) id: string, @Body() body: SessionRecordTextDto): Promise<SessionDetailDto> {
    await this.records.write(id, given(body));
    return this.detail(id);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async close(@Param('id', ParseUUIDPipe) id: string): Promise<SessionDetailDto> {
    await this.records.close(id);
    return this.detail(id);
  }

  @Patch(':id/items/:itemId/hours')
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async adjustHours(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('itemId', ParseUUIDPipe) itemId: string,
    @Body() { hours, reason }: HoursAdjustmentDto,
  ): Promise<SessionDetailDto> {
    await this.records.adjustHours(id, itemId, hours, reason);
    return this.detail(id);
  }

  @Post(':id/signatures')
  @HttpCode(200)
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async sign(@Param('id', ParseUUIDPipe) id: string, @Body() body: SessionSignatureDto): Promise<SessionDetailDto> {
    await this.records.sign(id, body.as);
    return this.detail(id);
  }

  @Post(':id/archive')
  @HttpCode(200)
  @Permit('session.manage')
  @ApiOkResponse({ type: SessionDetailDto })
  async archive(@Param('id', ParseUUIDPipe) id: string): Promise<SessionDetailDto> {
    await this.records.archive(id);
    return this.detail(id);
  }

  @Post(':id/errata')
  @Permit('session.manage')
  @ApiCreatedResponse({ type: SessionDetailDto })
  async appendErratum(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { text }: ErratumTextDto,
  ): Promise<SessionDetailDto> {
    await this.records.appendErratum(id, text);
    return this.detail(id);
  }

  @Get(':id/attendance.xlsx')
  @Permit('session.read')
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async exportAttendance(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const { name, content } = await this.views.sheet(id);
    return new StreamableFile(content, {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      disposition: `attachment; filename="attendance.xlsx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    });
  }
}

/** Only what the client sent: class instances carry undefined for the rest. */
function given<T extends object>(body: T): T {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as T;
}
