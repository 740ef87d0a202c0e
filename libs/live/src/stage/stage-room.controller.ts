import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AppClock, PermitMember, PermitSignedIn } from '@xuekao/platform';
import type { FastifyReply } from 'fastify';
import { ReceiptDto } from '../http/room.dto.js';
import {
  StageAudienceQuery,
  StageMoreQuery,
  StageRestDto,
  StageRoomViewDto,
  StageSeatPageDto,
  StageViewQuery,
} from './stage-contest.dto.js';
import { StageActContentDto, StageJoinDto } from './stage-messages.dto.js';
import { StageRoomService } from './stage-room.service.js';

/** The way through for devices whose sockets are blocked: poll the view, post acts under the same command id. */
@ApiTags('live')
@Controller('live/stages')
export class StageRoomController {
  constructor(
    private readonly stage: StageRoomService,
    private readonly clock: AppClock,
  ) {}

  @Post('join')
  @PermitMember()
  @HttpCode(200)
  @ApiOkResponse({ type: StageRoomViewDto })
  async join(@Body() { code }: StageJoinDto): Promise<StageRoomViewDto> {
    const { roomId, viewer } = await this.stage.join(code);
    const { role, seq, view, serverTime } = await this.stage.joined(roomId, viewer);
    return { roomId, role, seq, view, serverTime };
  }

  @Post(':id/acts')
  @PermitSignedIn()
  @HttpCode(200)
  @ApiOkResponse({ type: ReceiptDto })
  act(@Param('id', ParseUUIDPipe) roomId: string, @Body() body: StageActContentDto): Promise<ReceiptDto> {
    return this.stage.act({ ...body, roomId });
  }

  /** Who sits in the audience, by seat: to choose from where a team picks a listener, and for prizes. */
  @Get(':id/audience')
  @PermitSignedIn()
  @ApiOkResponse({ type: StageSeatPageDto })
  audience(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Query() { role, q, after, limit }: StageAudienceQuery,
  ): Promise<StageSeatPageDto> {
    return this.stage.audience(roomId, role, { q, after, limit }) as Promise<StageSeatPageDto>;
  }

  @Get(':id/more')
  @PermitSignedIn()
  @ApiOkResponse({ type: StageRestDto })
  async more(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Query() { role, part, from }: StageMoreQuery,
  ): Promise<StageRestDto> {
    return this.stage.more({ roomId, part, from }, await this.stage.viewerFor(roomId, role));
  }

  @Get(':id/view')
  @PermitSignedIn()
  @ApiOkResponse({ type: StageRoomViewDto })
  @ApiResponse({ status: 304, description: 'nothing changed since' })
  async view(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Query() { role, since }: StageViewQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StageRoomViewDto | undefined> {
    const viewer = await this.stage.viewerFor(roomId, role);
    const { seq, view } = await this.stage.joined(roomId, viewer);
    const tag = `"${role}-${seq}"`;
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (since === seq || known === tag) {
      void reply.status(304);
      return undefined;
    }
    return { roomId, role, seq, view, serverTime: this.clock.now() };
  }
}
