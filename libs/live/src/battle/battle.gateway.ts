import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { BattleEntered, BattleStanding, GameCatchUp, RoomReceipt } from '@xuekao/contracts';
import { currentActor, GuardedGateway, PermitMember, runAs } from '@xuekao/platform';
import { RoomSockets } from '@xuekao/rooms';
import type { Socket } from 'socket.io';
import { BattleQueue } from './battle-queue.js';
import {
  BattleActDto,
  BattleAnswerDto,
  BattleCancelDto,
  BattleFindDto,
  BattleResumeDto,
  BattleRoomDto,
} from './battle.dto.js';
import { BattleService } from './battle.service.js';

/** Battles and survival runs in namespace `/live`: see the lib's README for the protocol. */
@GuardedGateway()
@WebSocketGateway({ namespace: '/live', transports: ['websocket', 'polling'] })
export class BattleGateway {
  constructor(
    private readonly battles: BattleService,
    private readonly queue: BattleQueue,
    private readonly sockets: RoomSockets,
  ) {}

  @SubscribeMessage('battle:find')
  @PermitMember()
  async find(@ConnectedSocket() socket: Socket, @MessageBody() { mode }: BattleFindDto): Promise<BattleStanding> {
    const standing = await this.battles.find(mode);
    const actor = currentActor();
    if (standing.state === 'waiting' && actor.memberId !== null) {
      this.queue.wait(actor.memberId, socket, () => runAs(actor, () => this.battles.cancel(standing.mode)));
    }
    return standing;
  }

  @SubscribeMessage('battle:cancel')
  @PermitMember()
  async cancel(@MessageBody() { mode }: BattleCancelDto): Promise<BattleStanding> {
    this.queue.stop(currentActor().memberId ?? '');
    return this.battles.cancel(mode);
  }

  @SubscribeMessage('battle:enter')
  @PermitMember()
  async enter(@ConnectedSocket() socket: Socket, @MessageBody() { roomId }: BattleRoomDto): Promise<BattleEntered> {
    const viewer = await this.battles.viewerIn(roomId);
    await this.sockets.enter(socket, roomId, viewer);
    return this.battles.entered(roomId, viewer);
  }

  @SubscribeMessage('battle:resume')
  @PermitMember()
  async resume(
    @ConnectedSocket() socket: Socket,
    @MessageBody() { roomId, lastSeq }: BattleResumeDto,
  ): Promise<GameCatchUp> {
    const viewer = await this.battles.viewerIn(roomId);
    await this.sockets.enter(socket, roomId, viewer);
    return this.battles.catchUp(roomId, viewer, lastSeq);
  }

  @SubscribeMessage('battle:answer')
  @PermitMember()
  answer(@MessageBody() body: BattleAnswerDto): Promise<RoomReceipt> {
    return this.battles.answer(body);
  }

  @SubscribeMessage('battle:act')
  @PermitMember()
  act(@MessageBody() body: BattleActDto): Promise<RoomReceipt> {
    return this.battles.act(body);
  }
}
