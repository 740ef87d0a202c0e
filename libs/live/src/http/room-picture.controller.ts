import { Controller, Get, Headers, Param, ParseUUIDPipe, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { pictureTypes } from '@xuekao/contracts';
import { PermitSignedIn, Public } from '@xuekao/platform';
import type { FastifyReply } from 'fastify';
import { LiveRefused } from '../live.errors.js';
import type { LivePicture } from '../live.ports.js';
import { QuizRoomService, screenViewer } from '../quiz-room.service.js';
import { RoomPictures } from '../room-pictures.service.js';
import { ScreenTokens } from '../screen-token.js';
import { StagePictureQuery } from '../stage/stage-contest.dto.js';
import { StageRoomService } from '../stage/stage-room.service.js';
import { PictureQuery } from './room.dto.js';

const bytes = { schema: { type: 'string', format: 'binary' } };

/** Pictures of the question on show, for the people of the room and for its big screen. */
@ApiTags('live')
@Controller('live')
export class RoomPictureController {
  constructor(
    private readonly quiz: QuizRoomService,
    private readonly stage: StageRoomService,
    private readonly pictures: RoomPictures,
    private readonly screens: ScreenTokens,
  ) {}

  @Get('rooms/:id/pictures/:picture')
  @PermitSignedIn()
  @ApiProduces(...pictureTypes)
  @ApiOkResponse(bytes)
  async forPerson(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Param('picture') picture: string,
    @Query() { role }: PictureQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const viewer = await this.quiz.viewerFor(roomId, role);
    return served(await this.pictures.read(roomId, viewer, picture), reply);
  }

  @Get('stages/:id/pictures/:picture')
  @PermitSignedIn()
  @ApiProduces(...pictureTypes)
  @ApiOkResponse(bytes)
  async onStage(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Param('picture') picture: string,
    @Query() { role }: StagePictureQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const viewer = await this.stage.viewerFor(roomId, role);
    return served(await this.pictures.read(roomId, viewer, picture), reply);
  }

  /** A screen has no account: its token names the room. */
  @Get('screen/pictures/:picture')
  @Public()
  @ApiHeader({ name: 'x-screen-token', required: true })
  @ApiProduces(...pictureTypes)
  @ApiOkResponse(bytes)
  async forScreen(
    @Param('picture') picture: string,
    @Headers('x-screen-token') token: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const roomId = this.screens.roomOf(token ?? '');
    if (roomId === null) throw new LiveRefused('live.screen.invalid');
    return served(await this.pictures.read(roomId, screenViewer, picture), reply);
  }
}

/** Its name is its content, so it may be kept for ever, but by this browser alone. */
function served({ mediaType, content }: LivePicture, reply: FastifyReply): StreamableFile {
  void reply.headers({
    'cache-control': 'private, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  return new StreamableFile(content, { type: mediaType, disposition: 'inline', length: content.length });
}
