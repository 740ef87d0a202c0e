import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PageQuery, Permit } from '@xuekao/platform';
import {
  NewRegradeDto,
  RegradeDetailDto,
  RegradeDto,
  RegradeListDto,
  RegradeReasonDto,
  RegradedAttemptPageDto,
} from './regrade.dto.js';
import { detailDto, regradeDto, regradedAttemptDto, requestOf } from './regrade.presenter.js';
import { RegradeDecisionService } from './regrade-decision.service.js';
import { RegradeQuery } from './regrade.query.js';
import { RegradeService } from './regrade.service.js';

/** Marks made anew: a dry run by one person, the word of a second, and the way back. */
@ApiTags('exam regrade')
@Permit('exam.manage')
@Controller()
export class RegradeController {
  constructor(
    private readonly regrades: RegradeService,
    private readonly decisions: RegradeDecisionService,
    private readonly query: RegradeQuery,
  ) {}

  @Post('exams/:id/regrades')
  @ApiCreatedResponse({ type: RegradeDto, description: 'a dry run; no mark has changed' })
  async propose(@Param('id') id: string, @Body() input: NewRegradeDto): Promise<RegradeDto> {
    return regradeDto(await this.regrades.propose(id, requestOf(input), input.reason, input.appealId));
  }

  @Get('exams/:id/regrades')
  @ApiOkResponse({ type: RegradeListDto })
  async list(@Param('id') id: string): Promise<RegradeListDto> {
    return { items: (await this.query.list(id)).map(regradeDto) };
  }

  @Get('regrades/:id')
  @ApiOkResponse({ type: RegradeDetailDto })
  async get(@Param('id') id: string): Promise<RegradeDetailDto> {
    return detailDto(await this.query.get(id));
  }

  @Get('regrades/:id/changes')
  @ApiOkResponse({ type: RegradedAttemptPageDto })
  async changes(@Param('id') id: string, @Query() query: PageQuery): Promise<RegradedAttemptPageDto> {
    const { items, nextCursor, total } = await this.query.changes(id, query);
    return { items: items.map(regradedAttemptDto), nextCursor, total };
  }

  @Post('regrades/:id/confirm')
  @HttpCode(200)
  @ApiOkResponse({ type: RegradeDto, description: 'by another person than the proposer' })
  async confirm(@Param('id') id: string): Promise<RegradeDto> {
    return regradeDto(await this.decisions.confirm(id));
  }

  @Post('regrades/:id/withdraw')
  @HttpCode(200)
  @ApiOkResponse({ type: RegradeDto })
  async withdraw(@Param('id') id: string): Promise<RegradeDto> {
    return regradeDto(await this.decisions.withdraw(id));
  }

  @Post('regrades/:id/reverse')
  @ApiCreatedResponse({ type: RegradeDto, description: 'a new dry run that puts the kept marks back' })
  async reverse(@Param('id') id: string, @Body() { reason }: RegradeReasonDto): Promise<RegradeDto> {
    return regradeDto(await this.regrades.reverse(id, reason));
  }
}
