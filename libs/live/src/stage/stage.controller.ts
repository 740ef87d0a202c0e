import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { PageQuery, Permit, PermitSignedIn } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { FastifyReply } from 'fastify';
import { ContestListQuery } from '../http/contest.dto.js';
import { ScreenTokenDto } from '../http/room.dto.js';
import { LogCheckDto, logCheckDto } from '../http/log.dto.js';
import type { ContestRow } from '../live.entity.js';
import { LiveRefused } from '../live.errors.js';
import { ScreenTokens } from '../screen-token.js';
import {
  JudgeAccountPageDto,
  StageDetailDto,
  StageListDto,
  StagePageDto,
  StageReplayDto,
  StageResultsDto,
  StageSummaryDto,
} from './stage-contest.dto.js';
import type { StageResultDto } from './stage-contest.dto.js';
import { StageContestService } from './stage-contest.service.js';
import type { StageContest } from './stage-contest.service.js';
import { stageReplayOf } from './stage-replay.js';
import { stageResultsSheet } from './stage-results-sheet.js';
import { NewStageDto } from './stage.dto.js';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('live')
@Controller('live/stages')
export class StageController {
  constructor(
    private readonly stages: StageContestService,
    private readonly rooms: Rooms,
    private readonly screens: ScreenTokens,
  ) {}

  @Post()
  @Permit('live.host')
  @ApiCreatedResponse({ type: StageDetailDto })
  async create(@Body() body: NewStageDto): Promise<StageDetailDto> {
    return detailDto(await this.stages.create(body));
  }

  @Get()
  @Permit('live.host')
  @ApiOkResponse({ type: StagePageDto })
  async list(@Query() query: ContestListQuery): Promise<StagePageDto> {
    const { items, nextCursor, total } = await this.stages.list(query);
    return { items: items.map(summaryDto), nextCursor, total };
  }

  /** Contests that wait for the actor at the judges' table. */
  @Get('judged')
  @PermitSignedIn()
  @ApiOkResponse({ type: StageListDto })
  async judged(): Promise<StageListDto> {
    return { items: (await this.stages.judged()).map(summaryDto) };
  }

  /** People who may be asked to the judges' table, by their accounts; `q` looks for a name or staff number. */
  @Get('judge-accounts')
  @Permit('live.host')
  @ApiOkResponse({ type: JudgeAccountPageDto })
  async judgeAccounts(@Query() query: PageQuery): Promise<JudgeAccountPageDto> {
    const page = await this.stages.judgeAccounts(query);
    return { ...page, items: [...page.items] };
  }

  @Get(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: StageDetailDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<StageDetailDto> {
    return detailDto(await this.stages.get(id));
  }

  /** 清空彩排数据 */
  @Delete(':id')
  @Permit('live.host')
  @HttpCode(204)
  @ApiNoContentResponse()
  async clear(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.stages.clear(id);
  }

  @Post(':id/screens')
  @Permit('live.host')
  @ApiCreatedResponse({ type: ScreenTokenDto })
  async screen(@Param('id', ParseUUIDPipe) id: string): Promise<ScreenTokenDto> {
    const contest = await this.stages.hosted(id);
    const { token, expiresAt } = this.screens.issue(contest.id);
    const query = contest.code === null ? '' : `?code=${contest.code}`;
    // After the hash, so that the token stands in no server's log.
    return { token, expiresAt, screenPath: `/stage-screen/${contest.id}${query}#${token}` };
  }

  @Get(':id/results')
  @Permit('live.host')
  @ApiOkResponse({ type: StageResultsDto })
  async results(@Param('id', ParseUUIDPipe) id: string): Promise<StageResultsDto> {
    const found = await this.stages.results(id);
    return { contest: summaryDto(found.contest), items: resultDtos(found) };
  }

  @Get(':id/results.xlsx')
  @Permit('live.host')
  @ApiProduces(xlsxType)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async resultsFile(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const found = await this.stages.results(id);
    await this.stages.noteExport(found.contest, 'results');
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(`${found.contest.title}-成绩.xlsx`)}`;
    return new StreamableFile(await stageResultsSheet(found, resultDtos(found)), { type: xlsxType, disposition });
  }

  /** What the big screen saw, for a page that plays it at 1 to 16 times. After the end only: the frames hold every key. */
  @Get(':id/replay')
  @Permit('live.host')
  @ApiOkResponse({ type: StageReplayDto })
  async replay(@Param('id', ParseUUIDPipe) id: string): Promise<StageReplayDto> {
    const { endedAt, title } = await this.stages.hosted(id);
    if (endedAt === null) throw new LiveRefused('live.contest.not-over');
    return { title, ...(await stageReplayOf(id, this.rooms.rows(id))) };
  }

  /** Whether the log is as it was written, by its hashes. */
  @Get(':id/log/check')
  @Permit('live.host')
  @ApiOkResponse({ type: LogCheckDto })
  async checkLog(@Param('id', ParseUUIDPipe) id: string): Promise<LogCheckDto> {
    const { endedAt } = await this.stages.hosted(id);
    if (endedAt === null) throw new LiveRefused('live.contest.not-over');
    return logCheckDto(await this.rooms.verify(id));
  }

  /** One row of the log per line, with its hash; whoever has the file can check the chain. After the end only: it holds every key. */
  @Get(':id/log')
  @Permit('live.host')
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async log(@Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const contest = await this.stages.hosted(id);
    if (contest.endedAt === null) throw new LiveRefused('live.contest.not-over');
    await this.stages.noteExport(contest, 'log');
    void reply.header('content-type', 'application/x-ndjson; charset=utf-8');
    return new StreamableFile(Readable.from(lines(this.rooms.rows(id))));
  }
}

async function* lines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

function summaryDto(contest: ContestRow): StageSummaryDto {
  const { id, unitId, title, code, isRehearsal, questions, hostName, createdAt, endedAt } = contest;
  const joinPath = code === null ? null : `/join/${code}`;
  return { id, unitId, title, code, joinPath, rehearsal: isRehearsal, questions, hostName, createdAt, endedAt };
}

function detailDto({ contest, stage, teams, members, judges }: StageContest): StageDetailDto {
  return {
    ...summaryDto(contest),
    sheetId: stage.sheetId,
    sheetName: stage.sheet.name,
    sheet: stage.sheet,
    teams: teams.map(({ team, name }) => ({
      team,
      name,
      members: members
        .filter((member) => member.team === team)
        .map(({ memberId, name: memberName, unitName, role }) => ({ memberId, name: memberName, unitName, role })),
    })),
    judges: judges.map(({ accountId }) => accountId),
  };
}

function resultDtos({ teams, members }: StageContest): StageResultDto[] {
  const over = teams.flatMap(({ team, name, score, place, rightAnswers, wrongAnswers }) => {
    if (score === null || place === null) return [];
    const names = members.filter((member) => member.team === team && member.role !== 'substitute');
    const counts = { right: rightAnswers ?? 0, wrong: wrongAnswers ?? 0 };
    return [{ team, name, score, place, ...counts, members: names.map((member) => member.name) }];
  });
  return over.toSorted((a, b) => a.place - b.place || a.team - b.team);
}
