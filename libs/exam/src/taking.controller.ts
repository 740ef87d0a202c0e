import { Body, Controller, Get, Header, HttpCode, Param, ParseIntPipe, Post, Put, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AppClock, PermitMember, currentActor } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { AttemptService } from './attempt.service.js';
import { ExamAccessService } from './invigilation/exam-access.service.js';
import { EvidenceService } from './invigilation/evidence.service.js';
import { ExamAccessCheckDto, FocusEventsDto, FocusTakenDto } from './invigilation/invigilation.dto.js';
import { PlaceWatch } from './invigilation/place-watch.js';
import { visitOf } from './invigilation/visit.js';
import { AppealService } from './marking/appeal.service.js';
import { ResultService } from './result.service.js';
import type { MyExam } from './result.service.js';
import {
  AnswerBatchDto,
  AnswerSaveDto,
  AttemptDto,
  AttemptResultDto,
  AttemptReviewDto,
  AttemptStartedDto,
  HandInDto,
  HandedInDto,
  MyExamDto,
  MyExamListDto,
  SavedManyDto,
  SavedOneDto,
  StartAttemptDto,
  WriterDto,
} from './taking.dto.js';
import type { NumberedAnswerDto } from './taking.dto.js';
import {
  attemptDto,
  attemptJson,
  contentOf,
  handedInDto,
  myExamDto,
  resultDto,
  reviewedDto,
  savedManyDto,
  savedOneDto,
} from './taking.presenter.js';
import type { AnswerSave } from './core/index.js';

function savesOf(answers: readonly NumberedAnswerDto[]): AnswerSave[] {
  return answers.map(({ number, clientSeq, content }) => ({ number, clientSeq, content: contentOf(number, content) }));
}

/** A member's exams. No response here carries a key before the review is allowed. */
@ApiTags('exam taking')
@PermitMember()
@Controller()
export class TakingController {
  constructor(
    private readonly attempts: AttemptService,
    private readonly results: ResultService,
    private readonly evidence: EvidenceService,
    private readonly access: ExamAccessService,
    private readonly places: PlaceWatch,
    private readonly appeals: AppealService,
    private readonly clock: AppClock,
  ) {}

  @Get('my/exams')
  @ApiOkResponse({ type: MyExamListDto })
  async mine(): Promise<MyExamListDto> {
    const { exams, serverNow } = await this.results.mine();
    const needs = await this.access.needsOf(exams.map(({ exam }) => exam.id));
    const appeals = await this.appeals.countsOfMine();
    const dtoOf = (each: MyExam): MyExamDto =>
      myExamDto(each, serverNow, needs.get(each.exam.id), appeals.get(each.exam.id));
    return { items: exams.map(dtoOf), serverNow };
  }

  /** Whether this device would get in; starts nothing and asks for no password. */
  @Get('exams/:id/access/check')
  @ApiOkResponse({ type: ExamAccessCheckDto })
  check(@Param('id') id: string, @Req() request: FastifyRequest): Promise<ExamAccessCheckDto> {
    return this.access.check(id, visitOf(request));
  }

  @Post('exams/:id/attempts')
  @ApiCreatedResponse({ type: AttemptStartedDto })
  async start(
    @Param('id') id: string,
    @Body() { writer, password = '' }: StartAttemptDto,
    @Req() request: FastifyRequest,
  ): Promise<AttemptStartedDto> {
    await this.access.admit(id, visitOf(request), password);
    const { id: attemptId, deadlineAt } = await this.attempts.begin(id, writer);
    return { id: attemptId, state: 'open', deadlineAt, serverNow: this.clock.now() };
  }

  /** An AttemptDto as bytes: at the start of an exam everybody asks for it at once. */
  @Get('attempts/:id')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOkResponse({ type: AttemptDto })
  async get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Buffer> {
    const view = await this.attempts.get(id);
    if (view.attempt.state === 'open') await this.access.admitAgain(view.exam.id, visitOf(request));
    return attemptJson(view);
  }

  @Post('attempts/:id/take-over')
  @HttpCode(200)
  @ApiOkResponse({ type: AttemptDto })
  async takeOver(
    @Param('id') id: string,
    @Body() { writer }: WriterDto,
    @Req() request: FastifyRequest,
  ): Promise<AttemptDto> {
    const { exam } = await this.attempts.get(id);
    await this.access.admitAgain(exam.id, visitOf(request));
    return attemptDto(await this.attempts.takeOver(id, writer));
  }

  @Put('attempts/:id/answers/:number')
  @ApiOkResponse({ type: SavedOneDto })
  async saveOne(
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
    @Body() { writer, clientSeq, content }: AnswerSaveDto,
    @Req() request: FastifyRequest,
  ): Promise<SavedOneDto> {
    const ack = await this.attempts.save(id, writer, savesOf([{ number, clientSeq, content }]));
    await this.seen(id, request);
    return savedOneDto(ack);
  }

  @Post('attempts/:id/answers')
  @HttpCode(200)
  @ApiOkResponse({ type: SavedManyDto })
  async saveMany(
    @Param('id') id: string,
    @Body() { writer, answers }: AnswerBatchDto,
    @Req() request: FastifyRequest,
  ): Promise<SavedManyDto> {
    const ack = await this.attempts.save(id, writer, savesOf(answers));
    await this.seen(id, request);
    return savedManyDto(ack);
  }

  @Post('attempts/:id/hand-in')
  @HttpCode(200)
  @ApiOkResponse({ type: HandedInDto })
  async handIn(
    @Param('id') id: string,
    @Body() { writer, answers = [] }: HandInDto,
    @Req() request: FastifyRequest,
  ): Promise<HandedInDto> {
    const row = await this.attempts.handIn(id, writer, savesOf(answers));
    await this.seen(id, request);
    return handedInDto(row, this.clock.now());
  }

  private async seen(attemptId: string, request: FastifyRequest): Promise<void> {
    const { memberId } = currentActor();
    if (memberId !== null) await this.places.seen(memberId, attemptId, request);
  }

  @Post('attempts/:id/focus')
  @HttpCode(200)
  @ApiOkResponse({ type: FocusTakenDto })
  async focus(@Param('id') id: string, @Body() { events }: FocusEventsDto): Promise<FocusTakenDto> {
    return { taken: await this.evidence.tell(id, events) };
  }

  @Get('attempts/:id/result')
  @ApiOkResponse({ type: AttemptResultDto })
  async result(@Param('id') id: string): Promise<AttemptResultDto> {
    return resultDto(await this.results.result(id));
  }

  @Get('attempts/:id/review')
  @ApiOkResponse({ type: AttemptReviewDto })
  async review(@Param('id') id: string): Promise<AttemptReviewDto> {
    const { result, questions } = await this.results.review(id);
    return {
      attemptId: id,
      title: result.exam.title,
      questions: questions.map(reviewedDto),
      serverNow: result.serverNow,
    };
  }
}
