import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { MarkerService } from './marker.service.js';
import { JudgementDto, MarkerTaskListDto, NextScriptDto, ScriptInHandDto, ScriptMarkedDto } from './marking.dto.js';
import { scriptDto, taskDto } from './marking.presenter.js';

/** Markers: assigned questions only, one script at a time, nobody's name. */
@ApiTags('exam marking')
@Permit('exam.mark')
@Controller('marking')
export class MarkerController {
  constructor(private readonly markers: MarkerService) {}

  @Get('tasks')
  @ApiOkResponse({ type: MarkerTaskListDto })
  async tasks(): Promise<MarkerTaskListDto> {
    return { items: (await this.markers.tasks()).map(taskDto) };
  }

  @Post('next')
  @HttpCode(200)
  @ApiOkResponse({ type: ScriptInHandDto })
  async next(@Body() { examId, number }: NextScriptDto): Promise<ScriptInHandDto> {
    const script = await this.markers.next(examId, number);
    return { script: script && scriptDto(script) };
  }

  @Put('scripts/:id')
  @ApiOkResponse({ type: ScriptMarkedDto })
  async judge(@Param('id') id: string, @Body() judgement: JudgementDto): Promise<ScriptMarkedDto> {
    return { state: await this.markers.judge(id, judgement) };
  }

  @Post('scripts/:id/release')
  @HttpCode(204)
  @ApiNoContentResponse()
  async release(@Param('id') id: string): Promise<void> {
    await this.markers.release(id);
  }
}
