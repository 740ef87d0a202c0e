import { Readable } from 'node:stream';
import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Permit, PermitSignedIn } from '@xuekao/platform';
import { isRefusal } from '@xuekao/kernel';
import { Rooms } from '@xuekao/rooms';
import { ContestService } from '../contest.service.js';
import { JoinCodes } from '../join-codes.js';
import { LiveRefused } from '../live.errors.js';
import type { QuizOptions } from '../core/quiz-state.js';
import type { QuizContest, ContestUnitRow } from '../live.entity.js';
import { hostViewer, QuizRoomService } from '../quiz-room.service.js';
import { ScreenTokens } from '../screen-token.js';
import {
  ContestDto,
  ContestListQuery,
  ContestPageDto,
  ContestResultsDto,
  ContestUnitResultDto,
  NewContestDto,
  QuizOptionsDto,
} from './contest.dto.js';
import { JoinPreviewDto, ScreenTokenDto } from './room.dto.js';
import { resultsSheet } from './results-sheet.js';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('live')
@Controller('live')
export class ContestController {
  constructor(
    private readonly contests: ContestService,
    private readonly codes: JoinCodes,
    private readonly quiz: QuizRoomService,
    private readonly rooms: Rooms,
    private readonly screens: ScreenTokens,
  ) {}

  @Post('rooms')
  @Permit('live.host')
  @ApiCreatedResponse({ type: ContestDto })
  async create(@Body() body: NewContestDto): Promise<ContestDto> {
    const { setId, unitId, title, draw, rehearsal: isRehearsal = false } = body;
    const options = optionsOf(body.options ?? {});
    return contestDto(await this.contests.create({ setId, unitId, title, draw, isRehearsal, options }));
  }

  @Get('rooms')
  @Permit('live.host')
  @ApiOkResponse({ type: ContestPageDto })
  async list(@Query() query: ContestListQuery): Promise<ContestPageDto> {
    const { items, nextCursor, total } = await this.contests.list(query);
    const counts = await this.contests.rehearsalCounts(items);
    const listed = items.map((contest) => ({ ...contestDto(contest), rehearsals: counts.get(contest.id) ?? 0 }));
    return { items: listed, nextCursor, total };
  }

  @Get('join/:code')
  @PermitSignedIn()
  @ApiOkResponse({ type: JoinPreviewDto })
  async preview(@Param('code') code: string): Promise<JoinPreviewDto> {
    const contest = await this.codes.contestOf(code);
    const { id: roomId, kind, title, isRehearsal: rehearsal } = contest;
    if (kind === 'stage') return { roomId, kind, title, rehearsal, phase: 'lobby', seats: 0, joiningLocked: false };
    const { view } = await this.quiz.viewOf(roomId, { audience: 'player', seat: null });
    const { phase, seats, joiningLocked } = view;
    return { roomId, kind, title, rehearsal, phase, seats, joiningLocked };
  }

  @Get('rooms/:id')
  @Permit('live.host')
  @ApiOkResponse({ type: ContestDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<ContestDto> {
    return contestDto(await this.contests.hosted(id));
  }

  @Post('rooms/:id/screens')
  @Permit('live.host')
  @ApiCreatedResponse({ type: ScreenTokenDto })
  async screen(@Param('id', ParseUUIDPipe) id: string): Promise<ScreenTokenDto> {
    const contest = await this.contests.hosted(id);
    const { token, expiresAt } = this.screens.issue(contest.id);
    const query = contest.code === null ? '' : `?code=${contest.code}`;
    // After the hash, so that the token stands in no server's log.
    return { token, expiresAt, screenPath: `/screen/${contest.id}${query}#${token}` };
  }

  @Get('rooms/:id/results')
  @Permit('live.host')
  @ApiOkResponse({ type: ContestResultsDto })
  async results(@Param('id', ParseUUIDPipe) id: string): Promise<ContestResultsDto> {
    const { contest, rows, units } = await this.contests.results(id);
    const items = rows.map((row) => {
      const { seat, memberId, memberName, unitId, unitName, points, correct, answered, scoringMs, place } = row;
      return { seat, memberId, memberName, unitId, unitName, points, correct, answered, scoringMs, place };
    });
    return { contest: contestDto(contest), items, units: units.map(unitDto) };
  }

  @Get('rooms/:id/results.xlsx')
  @Permit('live.host')
  @ApiProduces(xlsxType)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async resultsFile(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const results = await this.contests.results(id);
    const { contest } = results;
    await this.contests.noteExport(contest, 'results');
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(`${contest.title}-成绩.xlsx`)}`;
    return new StreamableFile(await resultsSheet(results), { type: xlsxType, disposition });
  }

  /** One row of the log per line, with its hash; whoever has the file can check the chain. */
  @Get('rooms/:id/log')
  @Permit('live.host')
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async log(@Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const contest = await this.contests.hosted(id);
    const seen = await this.rooms.view(id, hostViewer);
    // The log holds every key; before the end not even a host gets it.
    const isOver = !isRefusal(seen) && (seen.view as { phase: string }).phase === 'ended';
    if (!isOver) throw new LiveRefused('live.contest.not-over');
    await this.contests.noteExport(contest, 'log');
    void reply.header('content-type', 'application/x-ndjson; charset=utf-8');
    return new StreamableFile(Readable.from(lines(this.rooms.rows(id))));
  }
}

async function* lines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

function unitDto({ unitId, unitName, meanPoints, participants, roll, place }: ContestUnitRow): ContestUnitResultDto {
  return { unitId, unitName, meanPoints, participants, roll, place };
}

/** `lateJoin` is the older word for two of the ways to come in. */
function optionsOf({ lateJoin, ...options }: QuizOptionsDto): Partial<QuizOptions> {
  if (lateJoin === undefined || options.joining) return options;
  return { ...options, joining: lateJoin ? 'open' : 'before-first' };
}

export function contestDto(contest: QuizContest): ContestDto {
  const { id, setId, unitId, title, code, questions, options, hostName, createdAt, endedAt, rehearsalOf } = contest;
  const joinPath = code === null ? null : `/join/${code}`;
  const marks = { rehearsal: contest.isRehearsal, rehearsalOf };
  return { id, setId, unitId, title, code, joinPath, ...marks, questions, options, hostName, createdAt, endedAt };
}
