import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PermitMember } from '@xuekao/platform';
import { ResultService } from '../result.service.js';
import { AppealService } from './appeal.service.js';
import { AppealListDto, AttemptOutcomeDto, CorrectionSeenDto, NewAppealDto } from './outcome.dto.js';
import { appealsDto, outcomeDto } from './marking.presenter.js';

/** A member's own result as its exam shows it now, and his appeals. */
@ApiTags('exam taking')
@PermitMember()
@Controller('attempts/:id')
export class OutcomeController {
  constructor(
    private readonly results: ResultService,
    private readonly appeals: AppealService,
  ) {}

  @Get('outcome')
  @ApiOkResponse({ type: AttemptOutcomeDto })
  async outcome(@Param('id') id: string): Promise<AttemptOutcomeDto> {
    return outcomeDto(await this.results.outcome(id));
  }

  /** 成绩已更正 was read: the sign goes away. */
  @Post('correction-seen')
  @HttpCode(204)
  @ApiNoContentResponse()
  async seen(@Param('id') id: string, @Body() correction: CorrectionSeenDto): Promise<void> {
    await this.results.sawCorrection(id, correction.id);
  }

  @Get('appeals')
  @ApiOkResponse({ type: AppealListDto })
  async list(@Param('id') id: string): Promise<AppealListDto> {
    return appealsDto(await this.appeals.list(id));
  }

  @Post('appeals')
  @ApiCreatedResponse({ type: AppealListDto })
  async file(@Param('id') id: string, @Body() appeal: NewAppealDto): Promise<AppealListDto> {
    return appealsDto(await this.appeals.file(id, appeal));
  }
}
