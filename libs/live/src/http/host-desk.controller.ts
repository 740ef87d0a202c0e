import { Controller, Delete, Get, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { QuizRoomService } from '../quiz-room.service.js';
import { RehearsalService } from '../rehearsal.service.js';
import { ReplayService } from '../replay.service.js';
import { contestDto } from './contest.controller.js';
import { ContestDto } from './contest.dto.js';
import { SeatListDto, SeatListQuery, WaitingDto } from './room.dto.js';
import { ClearedRehearsalsDto, LogCheckDto, logCheckDto, RehearsalExtentDto, ReplayDto } from './log.dto.js';

/** What a host does beside playing: looking through the seats, rehearsing, showing it again. */
@ApiTags('live')
@Controller('live/rooms/:id')
export class HostDeskController {
  constructor(
    private readonly quiz: QuizRoomService,
    private readonly rehearsals: RehearsalService,
    private readonly replays: ReplayService,
  ) {}

  @Get('seats')
  @Permit('live.host')
  @ApiOkResponse({ type: SeatListDto })
  seats(@Param('id', ParseUUIDPipe) id: string, @Query() query: SeatListQuery): Promise<SeatListDto> {
    const { show, q, after, limit } = query;
    return this.quiz.seats(id, { show, q, after, limit }) as Promise<SeatListDto>;
  }

  @Get('waiting')
  @Permit('live.host')
  @ApiOkResponse({ type: WaitingDto })
  waiting(@Param('id', ParseUUIDPipe) id: string): Promise<WaitingDto> {
    return this.quiz.waiting(id);
  }

  @Post('rehearsals')
  @Permit('live.host')
  @ApiCreatedResponse({ type: ContestDto })
  async rehearse(@Param('id', ParseUUIDPipe) id: string): Promise<ContestDto> {
    return contestDto(await this.rehearsals.rehearse(id));
  }

  /** How much clearing them all would take away. */
  @Get('rehearsals')
  @Permit('live.host')
  @ApiOkResponse({ type: RehearsalExtentDto })
  extent(@Param('id', ParseUUIDPipe) id: string): Promise<RehearsalExtentDto> {
    return this.rehearsals.extentOf(id);
  }

  /** Every rehearsal of this contest, with everything played in it. */
  @Delete('rehearsals')
  @Permit('live.host')
  @ApiOkResponse({ type: ClearedRehearsalsDto })
  async clearAll(@Param('id', ParseUUIDPipe) id: string): Promise<ClearedRehearsalsDto> {
    return { cleared: await this.rehearsals.clearOf(id) };
  }

  /** This room, which must be a rehearsal. */
  @Delete('rehearsal')
  @Permit('live.host')
  @ApiOkResponse({ type: ClearedRehearsalsDto })
  async clear(@Param('id', ParseUUIDPipe) id: string): Promise<ClearedRehearsalsDto> {
    return { cleared: await this.rehearsals.clear(id) };
  }

  @Get('replay')
  @Permit('live.host')
  @ApiOkResponse({ type: ReplayDto })
  replay(@Param('id', ParseUUIDPipe) id: string): Promise<ReplayDto> {
    return this.replays.replay(id);
  }

  /** Whether the log is as it was written, by its hashes. */
  @Get('log/check')
  @Permit('live.host')
  @ApiOkResponse({ type: LogCheckDto })
  async checkLog(@Param('id', ParseUUIDPipe) id: string): Promise<LogCheckDto> {
    return logCheckDto(await this.replays.check(id));
  }
}
