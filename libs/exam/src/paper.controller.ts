import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { PaperDto, PaperPlanDto } from './exam.dto.js';
import { paperDto, planOf } from './exam.presenter.js';
import { PaperService } from './paper.service.js';

@ApiTags('exam')
@Controller('papers')
export class PaperController {
  constructor(private readonly papers: PaperService) {}

  @Post('preview')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: PaperDto })
  async preview(@Body() plan: PaperPlanDto): Promise<PaperDto> {
    return paperDto(await this.papers.preview(planOf(plan)));
  }

  @Get(':id')
  @Permit('exam.manage')
  @ApiOkResponse({ type: PaperDto })
  async get(@Param('id') id: string): Promise<PaperDto> {
    return paperDto(await this.papers.get(id));
  }
}
