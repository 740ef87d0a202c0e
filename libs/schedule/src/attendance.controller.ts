import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  RosterEnrolmentDto,
  RosterExemptionDto,
  LeaveDecisionDto,
  MakeUpDto,
  markFrom,
  AttendanceMarksDto,
  NewSessionGuestDto,
} from './attendance.dto.js';
import { AttendanceService } from './attendance.service.js';
import { AttendanceViews } from './attendance-view.service.js';
import type { Session } from './core/index.js';
import { ShownCodeDto } from './my-sessions.view.js';
import { RecordService } from './record.service.js';
import { SessionReader } from './session.reader.js';
import { detailView, SessionDetailDto } from './session.view.js';

/** Attendance and the frozen roster, for organisers. */
@ApiTags('sessions')
@Controller('sessions/:id')
@Permit('session.manage')
export class AttendanceController {
  constructor(
    private readonly attendance: AttendanceService,
    private readonly views: AttendanceViews,
    private readonly reader: SessionReader,
    private readonly records: RecordService,
  ) {}

  @Get('check-in-code')
  @ApiOkResponse({ type: ShownCodeDto })
  checkInCode(@Param('id', ParseUUIDPipe) id: string): Promise<ShownCodeDto> {
    return this.attendance.checkInCode(id);
  }

  @Put('attendance')
  @ApiOkResponse({ type: SessionDetailDto })
  mark(@Param('id', ParseUUIDPipe) id: string, @Body() { marks }: AttendanceMarksDto): Promise<SessionDetailDto> {
    return this.shown(this.attendance.mark(id, marks.map(markFrom)));
  }

  @Post('leaves/:memberId/decision')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDetailDto })
  decideLeave(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('memberId', ParseUUIDPipe) memberId: string,
    @Body() { isGranted }: LeaveDecisionDto,
  ): Promise<SessionDetailDto> {
    return this.shown(this.attendance.decideLeave(id, memberId, isGranted));
  }

  @Post('guests')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDetailDto })
  admitGuest(@Param('id', ParseUUIDPipe) id: string, @Body() body: NewSessionGuestDto): Promise<SessionDetailDto> {
    return this.shown(this.attendance.admitGuest(id, body));
  }

  @Post('make-ups')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDetailDto })
  makeUp(@Param('id', ParseUUIDPipe) id: string, @Body() body: MakeUpDto): Promise<SessionDetailDto> {
    return this.shown(this.attendance.makeUp(id, body.memberId, body.note ?? null));
  }

  @Post('roster')
  @HttpCode(200)
  @ApiOkResponse({ type: SessionDetailDto })
  enrol(@Param('id', ParseUUIDPipe) id: string, @Body() body: RosterEnrolmentDto): Promise<SessionDetailDto> {
    return this.shown(this.attendance.enrol(id, body.memberId, body.reason));
  }

  @Patch('roster/:memberId')
  @ApiOkResponse({ type: SessionDetailDto })
  exempt(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('memberId', ParseUUIDPipe) memberId: string,
    @Body() { exemption, reason }: RosterExemptionDto,
  ): Promise<SessionDetailDto> {
    return this.shown(this.attendance.exempt(id, memberId, exemption, reason));
  }

  private async shown(change: Promise<Session>): Promise<SessionDetailDto> {
    const session = await this.reader.get((await change).head.id);
    return detailView(session, await this.views.readable(session), this.records.missing(session));
  }
}
