import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { AppealDesk } from './appeal-desk.service.js';
import { AppealAnswerDto, DeskAppealListDto, QuestionActDto } from './appeal.dto.js';
import { deskAppealDto } from './marking.presenter.js';
import { QuestionActService } from './question-act.service.js';

/** What organisers decide about single questions: of a running exam, and on appeals after it. */
@ApiTags('exam marking')
@Permit('exam.manage')
@Controller()
export class AppealController {
  constructor(
    private readonly desk: AppealDesk,
    private readonly acts: QuestionActService,
  ) {}

  @Post('exams/:id/question-acts')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'running papers are told within two seconds' })
  async decide(@Param('id') id: string, @Body() act: QuestionActDto): Promise<void> {
    await this.acts.decide(id, act);
  }

  @Get('exams/:id/appeals')
  @ApiOkResponse({ type: DeskAppealListDto })
  async list(@Param('id') id: string): Promise<DeskAppealListDto> {
    return { items: (await this.desk.of(id)).map(deskAppealDto) };
  }

  @Put('appeals/:id')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'once, by somebody else than who asked' })
  async answer(@Param('id') id: string, @Body() answer: AppealAnswerDto): Promise<void> {
    await this.desk.answer(id, answer);
  }
}
