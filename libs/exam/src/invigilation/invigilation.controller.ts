import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AppClock, AppConfig, Permit } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { ExamDto, ExtendDto } from '../exam.dto.js';
import { examDto } from '../exam.presenter.js';
import type { EvidenceRow } from './day.entity.js';
import { EvidenceService } from './evidence.service.js';
import { ExamAccessService } from './exam-access.service.js';
import { InterventionQuery } from './intervention.query.js';
import { InterventionService } from './intervention.service.js';
import {
  CollectDto,
  CollectedDto,
  EvidenceDto,
  EvidenceListDto,
  EvidenceQuery,
  ExamAccessDto,
  ExamAccessViewDto,
  ExamExemptionDto,
  IncidentDto,
  InterventionListDto,
  InvigilationDto,
  ReopenAttemptDto,
} from './invigilation.dto.js';
import { InvigilationQuery } from './invigilation.query.js';

function evidenceDto(row: EvidenceRow): EvidenceDto {
  const { id, memberId, attemptId, kind, text, awayMs, clientAt, actorName, at } = row;
  return { id, memberId, attemptId, kind, text, awayMs, clientAt, actorName, at };
}

/** The day of an exam as its organisers see and steer it. */
@ApiTags('exam day')
@Controller('exams')
export class InvigilationController {
  constructor(
    private readonly acts: InterventionService,
    private readonly done: InterventionQuery,
    private readonly evidence: EvidenceService,
    private readonly view: InvigilationQuery,
    private readonly access: ExamAccessService,
    private readonly config: AppConfig,
    private readonly clock: AppClock,
  ) {}

  @Get(':id/invigilation')
  @Permit('exam.read')
  @ApiOkResponse({ type: InvigilationDto })
  async watch(@Param('id') id: string): Promise<InvigilationDto> {
    return { examId: id, rows: await this.view.of(id), serverNow: this.clock.now() };
  }

  @Post(':id/extend')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamDto })
  async extend(@Param('id') id: string, @Body() extension: ExtendDto): Promise<ExamDto> {
    return examDto(await this.acts.extend(id, extension));
  }

  @Post(':id/reopen')
  @HttpCode(204)
  @Permit('exam.manage')
  @ApiNoContentResponse()
  async reopen(
    @Param('id') id: string,
    @Body() { memberId, minutes, reason, despiteKey = false }: ReopenAttemptDto,
  ): Promise<void> {
    await this.acts.reopen(id, memberId, { minutes, reason, despiteKey });
  }

  @Post(':id/collect')
  @HttpCode(200)
  @Permit('exam.manage')
  @ApiOkResponse({ type: CollectedDto })
  async collect(@Param('id') id: string, @Body() { reason, ...target }: CollectDto): Promise<CollectedDto> {
    return { collected: await this.acts.collect(id, reason, target) };
  }

  @Put(':id/exemptions')
  @HttpCode(204)
  @Permit('exam.manage')
  @ApiNoContentResponse()
  async exempt(@Param('id') id: string, @Body() { memberId, exemption, reason }: ExamExemptionDto): Promise<void> {
    await this.acts.exempt(id, memberId, exemption, reason);
  }

  @Get(':id/interventions')
  @Permit('exam.read')
  @ApiOkResponse({ type: InterventionListDto })
  async interventions(@Param('id') id: string): Promise<InterventionListDto> {
    return { items: await this.done.of(id) };
  }

  @Post(':id/incidents')
  @HttpCode(204)
  @Permit('exam.manage')
  @ApiNoContentResponse()
  async note(@Param('id') id: string, @Body() { memberId, text }: IncidentDto): Promise<void> {
    await this.evidence.note(id, memberId, text);
  }

  @Get(':id/evidence')
  @Permit('exam.read')
  @ApiOkResponse({ type: EvidenceListDto })
  async list(@Param('id') id: string, @Query() { memberId }: EvidenceQuery): Promise<EvidenceListDto> {
    const rows = await this.evidence.of(id, memberId);
    return { items: rows.map(evidenceDto) };
  }

  @Get(':id/access')
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamAccessViewDto })
  async getAccess(@Param('id') id: string, @Req() { ip }: FastifyRequest): Promise<ExamAccessViewDto> {
    return { ...(await this.access.get(id)), trustsProxy: this.config.trustProxy, ownAddress: ip };
  }

  @Put(':id/access')
  @Permit('exam.manage')
  @ApiOkResponse({ type: ExamAccessViewDto })
  async setAccess(
    @Param('id') id: string,
    @Body() input: ExamAccessDto,
    @Req() { ip }: FastifyRequest,
  ): Promise<ExamAccessViewDto> {
    return { ...(await this.access.set(id, input)), trustsProxy: this.config.trustProxy, ownAddress: ip };
  }
}
