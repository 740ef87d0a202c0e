import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppClock, PermitMember, PermitSignedIn } from '@xuekao/platform';
import { RoomSockets } from '@xuekao/rooms';
import { QuizRoomService } from '../quiz-room.service.js';
import { RoomAnswerContentDto, RoomJoinDto } from '../socket/messages.dto.js';
import { ReceiptDto, RoomViewDto, ViewQuery } from './room.dto.js';

/** The way through for phones whose sockets are blocked: poll the view, post the answer under the same command id. */
@ApiTags('live')
@Controller('live/rooms')
export class RoomController {
  constructor(
    private readonly quiz: QuizRoomService,
    private readonly sockets: RoomSockets,
    private readonly clock: AppClock,
  ) {}

  @Post('join')
  @PermitMember()
  @HttpCode(200)
  @ApiOkResponse({ type: RoomViewDto })
  async join(@Body() { code }: RoomJoinDto): Promise<RoomViewDto> {
    const { roomId, viewer } = await this.quiz.join(code);
    return { roomId, ...(await this.quiz.viewOf(roomId, viewer)), serverTime: this.clock.now() };
  }

  @Post(':id/answers')
  @PermitMember()
  @HttpCode(200)
  @ApiOkResponse({ type: ReceiptDto })
  answer(@Param('id', ParseUUIDPipe) roomId: string, @Body() body: RoomAnswerContentDto): Promise<ReceiptDto> {
    return this.quiz.answer({ roomId, ...body });
  }

  @Get(':id/view')
  @PermitSignedIn()
  @ApiOkResponse({ type: RoomViewDto })
  @ApiResponse({ status: 304, description: 'nothing changed since' })
  async view(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Query() { role, since }: ViewQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoomViewDto | undefined> {
    const viewer = await this.quiz.viewerFor(roomId, role);
    this.sockets.polled(roomId, viewer);
    const { seq, view } = await this.quiz.viewOf(roomId, viewer);
    const tag = `"${role}-${seq}"`;
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (since === seq || known === tag) {
      void reply.status(304);
      return undefined;
    }
    return { roomId, seq, view, serverTime: this.clock.now() };
  }
}
