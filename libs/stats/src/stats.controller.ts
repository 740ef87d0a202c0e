import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  ExamStatsRowsDto,
  MemberHoursPageDto,
  MonthRowsDto,
  OverviewDto,
  RecordsQueryDto,
  StatRecordPageDto,
  StatsPageQueryDto,
  StatsQueryDto,
  StudyRowsDto,
} from './stats.dto.js';
import { shownExamRow, shownMonthRow, shownOverview, shownStudyRow } from './stats.presenter.js';
import { StatsService } from './stats.service.js';

@ApiTags('stats')
@Controller('stats')
@Permit('stats.read')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  /** All figures and rates of a unit with all below it, by year, quarter or month. */
  @Get('overview')
  @ApiOkResponse({ type: OverviewDto })
  async overview(@Query() query: StatsQueryDto): Promise<OverviewDto> {
    return shownOverview(await this.stats.overview(query));
  }

  /** The rows of 学习教育情况统计表: each unit of the Party tree by itself, then the sum. */
  @Get('units')
  @ApiOkResponse({ type: StudyRowsDto })
  async units(@Query() query: StatsQueryDto): Promise<StudyRowsDto> {
    return { rows: (await this.stats.byUnit(query)).map(shownStudyRow) };
  }

  /** Sessions by owner, type and month, with the months and quarters that a rule wanted. */
  @Get('sessions')
  @ApiOkResponse({ type: MonthRowsDto })
  async sessions(@Query() query: StatsQueryDto): Promise<MonthRowsDto> {
    return { rows: (await this.stats.sessions(query)).map(shownMonthRow) };
  }

  @Get('exams')
  @ApiOkResponse({ type: ExamStatsRowsDto })
  async exams(@Query() query: StatsQueryDto): Promise<ExamStatsRowsDto> {
    return { rows: (await this.stats.exams(query)).map(shownExamRow) };
  }

  /** Study hours of each member. */
  @Get('hours')
  @ApiOkResponse({ type: MemberHoursPageDto })
  hours(@Query() query: StatsPageQueryDto): Promise<MemberHoursPageDto> {
    return this.stats.hours(query, query);
  }

  /** The records behind a figure: their number or sum is the figure. */
  @Get('records')
  @ApiOkResponse({ type: StatRecordPageDto })
  records(@Query() query: RecordsQueryDto): Promise<StatRecordPageDto> {
    return this.stats.records(query, query.figure, query);
  }
}
