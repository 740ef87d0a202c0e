import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PermitMember } from '@xuekao/platform';
import { ReceiptDto } from '../http/room.dto.js';
import {
  BattleActContentDto,
  BattleAnswerContentDto,
  BattleFindDto,
  BattleStandingDto,
  GameReviewDto,
  GameViewDto,
  GameViewQuery,
  LendRecordsDto,
  MyBattlesDto,
} from './battle.dto.js';
import { BattleReviewService } from './battle-review.service.js';
import { BattleService } from './battle.service.js';

/** Games for phones whose sockets are blocked, and the member's own page. */
@ApiTags('live')
@Controller('live/battles')
@PermitMember()
export class BattleController {
  constructor(
    private readonly battles: BattleService,
    private readonly reviews: BattleReviewService,
  ) {}

  @Get('mine')
  @ApiOkResponse({ type: MyBattlesDto })
  mine(): Promise<MyBattlesDto> {
    return this.battles.mine();
  }

  @Put('mine')
  @ApiOkResponse({ type: MyBattlesDto })
  lendRecords(@Body() { lendsRecords }: LendRecordsDto): Promise<MyBattlesDto> {
    return this.battles.lendRecords(lendsRecords);
  }

  @Post('place')
  @HttpCode(200)
  @ApiOkResponse({ type: BattleStandingDto })
  find(@Body() { mode }: BattleFindDto): Promise<BattleStandingDto> {
    return this.battles.find(mode);
  }

  @Get('place')
  @ApiOkResponse({ type: BattleStandingDto })
  look(): Promise<BattleStandingDto> {
    return this.battles.look();
  }

  @Delete('place')
  @ApiOkResponse({ type: BattleStandingDto })
  cancel(): Promise<BattleStandingDto> {
    return this.battles.cancel();
  }

  @Get(':id/review')
  @ApiOkResponse({ type: GameReviewDto })
  review(@Param('id', ParseUUIDPipe) gameId: string): Promise<GameReviewDto> {
    return this.reviews.of(gameId);
  }

  @Get(':id/view')
  @ApiOkResponse({ type: GameViewDto })
  @ApiResponse({ status: 304, description: 'nothing changed since' })
  async view(
    @Param('id', ParseUUIDPipe) roomId: string,
    @Query() { since }: GameViewQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GameViewDto | undefined> {
    const view = await this.battles.entered(roomId, await this.battles.viewerIn(roomId));
    const tag = `"game-${view.seq}"`;
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (since !== view.seq && known !== tag) return view;
    void reply.status(304);
    return undefined;
  }

  @Post(':id/answers')
  @HttpCode(200)
  @ApiOkResponse({ type: ReceiptDto })
  answer(@Param('id', ParseUUIDPipe) roomId: string, @Body() body: BattleAnswerContentDto): Promise<ReceiptDto> {
    return this.battles.answer({ roomId, ...body });
  }

  @Post(':id/acts')
  @HttpCode(200)
  @ApiOkResponse({ type: ReceiptDto })
  act(@Param('id', ParseUUIDPipe) roomId: string, @Body() body: BattleActContentDto): Promise<ReceiptDto> {
    return this.battles.act({ roomId, ...body });
  }
}
