import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  MarkingOpenedDto,
  MarkingOverviewDto,
  MarkingRulesInputDto,
  MarkingSettingsDto,
  PolicyExamplesDto,
  PolicyExamplesInputDto,
  QuestionMarkingDto,
  QuestionPlanInputDto,
  ReviewOptionsDto,
} from './marking.dto.js';
import { examplesDto, questionMarkingDto, settingsDto } from './marking.presenter.js';
import { MarkingPlanService } from './marking-plan.service.js';
import { MarkingSettingsService } from './marking-settings.service.js';

/** Organisers: how an exam is marked and shown, and who marks what. */
@ApiTags('exam marking')
@Controller('exams/:id/marking')
export class MarkingController {
  constructor(
    private readonly settings: MarkingSettingsService,
    private readonly plans: MarkingPlanService,
  ) {}

  @Get()
  @Permit('exam.read')
  @ApiOkResponse({ type: MarkingSettingsDto })
  async get(@Param('id') id: string): Promise<MarkingSettingsDto> {
    return settingsDto(await this.settings.get(id));
  }

  @Put('rules')
  @Permit('exam.manage')
  @ApiOkResponse({ type: MarkingSettingsDto })
  async setRules(@Param('id') id: string, @Body() { rules }: MarkingRulesInputDto): Promise<MarkingSettingsDto> {
    return settingsDto(await this.settings.setRules(id, rules));
  }

  @Post('examples')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: PolicyExamplesDto })
  async examples(
    @Param('id') id: string,
    @Body() { policies, number }: PolicyExamplesInputDto,
  ): Promise<PolicyExamplesDto> {
    return examplesDto(await this.settings.examples(id, policies, number));
  }

  @Put('review')
  @Permit('exam.manage')
  @ApiOkResponse({ type: MarkingSettingsDto })
  async setReview(@Param('id') id: string, @Body() options: ReviewOptionsDto): Promise<MarkingSettingsDto> {
    return settingsDto(await this.settings.setReview(id, { ...options, shown: { ...options.shown } }));
  }

  @Get('questions')
  @Permit('exam.read')
  @ApiOkResponse({ type: MarkingOverviewDto })
  async overview(@Param('id') id: string): Promise<MarkingOverviewDto> {
    const { exam, questions } = await this.plans.overview(id);
    return { examId: exam.id, title: exam.title, questions: questions.map(questionMarkingDto) };
  }

  @Put('questions/:number')
  @Permit('exam.manage')
  @ApiOkResponse({ type: QuestionMarkingDto })
  async plan(
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
    @Body() input: QuestionPlanInputDto,
  ): Promise<QuestionMarkingDto> {
    return questionMarkingDto(await this.plans.plan(id, number, input));
  }

  @Post('open')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: MarkingOpenedDto })
  open(@Param('id') id: string): Promise<MarkingOpenedDto> {
    return this.plans.open(id);
  }
}
