import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { RoomReceipt, StageCatchUp, StageJoined, StagePage, StageRole } from '@xuekao/contracts';
import { GuardedGateway, identityOf, PermitMember, PermitSignedIn, Public } from '@xuekao/platform';
import { RoomSockets } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import type { Socket } from 'socket.io';
import { LiveRefused } from '../live.errors.js';
import { screenViewer } from '../quiz-room.service.js';
import { StageActDto, StageJoinDto, StageMoreDto, StageResumeDto, StageWatchDto } from './stage-messages.dto.js';
import { StageRoomService } from './stage-room.service.js';

/** The stage's messages in namespace `/live`; presses go by `room:buzz`. See STAGE.md for the protocol. */
@GuardedGateway()
@WebSocketGateway({ namespace: '/live', transports: ['websocket', 'polling'] })
export class StageGateway {
  constructor(
    private readonly stage: StageRoomService,
    private readonly sockets: RoomSockets,
  ) {}

  @SubscribeMessage('stage:join')
  @PermitMember()
  async join(@ConnectedSocket() socket: Socket, @MessageBody() { code }: StageJoinDto): Promise<StageJoined> {
    const { roomId, viewer } = await this.stage.join(code);
    return this.enter(socket, roomId, viewer);
  }

  /** A console by its account's right, a judge by his name on the contest, a screen by its token. */
  @SubscribeMessage('stage:watch')
  @Public()
  async watch(@ConnectedSocket() socket: Socket, @MessageBody() body: StageWatchDto): Promise<StageJoined> {
    return this.enter(socket, body.roomId, await this.viewerFor(socket, body.roomId, body.role));
  }

  @SubscribeMessage('stage:resume')
  @Public()
  async resume(@ConnectedSocket() socket: Socket, @MessageBody() body: StageResumeDto): Promise<StageCatchUp> {
    const { roomId, role, lastSeq } = body;
    const viewer = await this.viewerFor(socket, roomId, role);
    // Entered before the look, so that no frame falls between the two.
    await this.sockets.enter(socket, roomId, viewer);
    return this.stage.catchUp(roomId, viewer, lastSeq);
  }

  /** What a view had no room for; looked at anew, so that a right that was taken away ends this too. */
  @SubscribeMessage('stage:more')
  @Public()
  async more(@ConnectedSocket() socket: Socket, @MessageBody() body: StageMoreDto): Promise<StagePage> {
    return this.stage.more(body, await this.viewerFor(socket, body.roomId, body.role));
  }

  /** What a role may do is looked at with every act: hosts by their right, judges by name, others by their seat. */
  @SubscribeMessage('stage:act')
  @PermitSignedIn()
  act(@MessageBody() body: StageActDto): Promise<RoomReceipt> {
    return this.stage.act(body);
  }

  private async viewerFor(socket: Socket, roomId: string, role: StageRole): Promise<RoomViewer> {
    const identity = identityOf(socket);
    if (identity?.kind !== 'screen') return this.stage.viewerFor(roomId, role);
    if (identity.roomId !== roomId || role !== 'screen') throw new LiveRefused('live.screen.invalid');
    return screenViewer;
  }

  private async enter(socket: Socket, roomId: string, viewer: RoomViewer): Promise<StageJoined> {
    // Looked at first, so that a socket never enters a room of another kind.
    await this.stage.joined(roomId, viewer);
    await this.sockets.enter(socket, roomId, viewer);
    return this.stage.joined(roomId, viewer);
  }
}
