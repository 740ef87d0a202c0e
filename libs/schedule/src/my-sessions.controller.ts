import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { civilDate, parseCivilDate } from '@xuekao/kernel';
import { Permit, PermitMember } from '@xuekao/platform';
import { CheckInDto, LeaveRequestDto, NewHoursRuleDto, StudyYearQueryDto } from './attendance.dto.js';
import { MySessionsService } from './my-sessions.service.js';
import {
  HoursRuleDto,
  HoursTableDto,
  MySessionDto,
  MySessionsDto,
  mySessionView,
  MyStudyHoursDto,
  ruleView,
  studyHoursView,
} from './my-sessions.view.js';
import { ScheduleRefused } from './schedule.errors.js';
import { StudyHoursService } from './study-hours.service.js';

/** A member's own sessions and study hours. */
@ApiTags('my sessions')
@Controller()
@PermitMember()
export class MySessionsController {
  constructor(private readonly sessions: MySessionsService) {}

  @Get('my/sessions')
  @ApiOkResponse({ type: MySessionsDto })
  async list(): Promise<MySessionsDto> {
    return { items: (await this.sessions.list()).map(mySessionView) };
  }

  @Get('my/sessions/:id')
  @ApiOkResponse({ type: MySessionDto })
  async one(@Param('id', ParseUUIDPipe) id: string): Promise<MySessionDto> {
    return mySessionView(await this.sessions.get(id));
  }

  @Post('sessions/:id/check-in')
  @HttpCode(200)
  @ApiOkResponse({ type: MySessionDto })
  async checkIn(@Param('id', ParseUUIDPipe) id: string, @Body() { code }: CheckInDto): Promise<MySessionDto> {
    return mySessionView(await this.sessions.checkIn(id, code));
  }

  @Post('sessions/:id/leave')
  @HttpCode(200)
  @ApiOkResponse({ type: MySessionDto })
  async requestLeave(@Param('id', ParseUUIDPipe) id: string, @Body() body: LeaveRequestDto): Promise<MySessionDto> {
    return mySessionView(await this.sessions.requestLeave(id, body.reason, body.note ?? null));
  }

  @Get('my/study-hours')
  @ApiOkResponse({ type: MyStudyHoursDto })
  async studyHours(@Query() { year }: StudyYearQueryDto): Promise<MyStudyHoursDto> {
    return studyHoursView(await this.sessions.studyHours(year));
  }
}

/** The conversion table of study hours. */
@ApiTags('study hours')
@Controller('study-hours-rules')
export class StudyHoursController {
  constructor(private readonly hours: StudyHoursService) {}

  @Get()
  @Permit('session.read')
  @ApiOkResponse({ type: HoursTableDto })
  async table(): Promise<HoursTableDto> {
    return { items: (await this.hours.table()).map(ruleView) };
  }

  @Post()
  @Permit('org.write')
  @ApiCreatedResponse({ type: HoursRuleDto })
  async addRule(@Body() body: NewHoursRuleDto): Promise<HoursRuleDto> {
    if (!parseCivilDate(body.validFrom)) throw new ScheduleRefused('request.invalid', { validFrom: body.validFrom });
    return ruleView(await this.hours.addRule({ ...body, validFrom: civilDate(body.validFrom) }));
  }
}
