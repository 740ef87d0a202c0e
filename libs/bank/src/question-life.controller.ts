import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  BulkActDto,
  BulkResultDto,
  QuestionVersionDetailDto,
  QuestionVersionListDto,
  RecheckDto,
  RetireDto,
  SimilarInputDto,
  SimilarListDto,
  VersionComparisonDto,
} from './question-life.dto.js';
import { bulkDto, comparisonDto, similarDto, versionDetailDto, versionDto } from './question-life.presenter.js';
import { QuestionLife } from './question-life.service.js';
import { QuestionChangedDto } from './question.dto.js';
import { changedDto } from './question.presenter.js';
import { QuestionDrafts } from './question-drafts.js';
import { QuestionVersions } from './question-versions.service.js';

@ApiTags('bank')
@Controller('questions')
export class QuestionLifeController {
  constructor(
    private readonly life: QuestionLife,
    private readonly versions: QuestionVersions,
    private readonly drafts: QuestionDrafts,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: BulkResultDto, description: 'one row per question: done, or why not' })
  async bulk(@Body() { act, ids, reason }: BulkActDto): Promise<BulkResultDto> {
    return bulkDto(await this.life.bulk(act, ids, reason));
  }

  @Post('similar')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: SimilarListDto, description: 'what asks the same, before the draft is saved' })
  async similar(@Body() { exceptId, ...input }: SimilarInputDto): Promise<SimilarListDto> {
    return { items: (await this.drafts.similarTo(input, exceptId)).flatMap(similarDto) };
  }

  @Post(':id/retire')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto })
  async retire(@Param('id') id: string, @Body() { reason }: RetireDto): Promise<QuestionChangedDto> {
    return changedDto(await this.life.retire(id, reason));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto })
  async restore(@Param('id') id: string): Promise<QuestionChangedDto> {
    return changedDto(await this.life.restore(id));
  }

  @Post(':id/recheck')
  @HttpCode(200)
  @Permit('bank.edit')
  @ApiOkResponse({ type: QuestionChangedDto, description: 'it holds under its handbook entry of today' })
  async recheck(@Param('id') id: string, @Body() { note }: RecheckDto): Promise<QuestionChangedDto> {
    return changedDto(await this.life.recheck(id, note));
  }

  @Get(':id/versions')
  @Permit('bank.read')
  @ApiOkResponse({ type: QuestionVersionListDto })
  async list(@Param('id') id: string): Promise<QuestionVersionListDto> {
    return { items: (await this.versions.list(id)).map(versionDto) };
  }

  @Get(':id/versions/:number')
  @Permit('bank.read')
  @ApiOkResponse({ type: QuestionVersionDetailDto })
  async version(
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
  ): Promise<QuestionVersionDetailDto> {
    return versionDetailDto(await this.versions.get(id, number));
  }

  @Get(':id/versions/:from/changes/:to')
  @Permit('bank.read')
  @ApiOkResponse({ type: VersionComparisonDto })
  async compare(
    @Param('id') id: string,
    @Param('from', ParseIntPipe) from: number,
    @Param('to', ParseIntPipe) to: number,
  ): Promise<VersionComparisonDto> {
    return comparisonDto(await this.versions.compare(id, from, to));
  }
}
