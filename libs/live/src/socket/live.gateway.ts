import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { OnGatewayConnection, OnGatewayDisconnect, OnGatewayInit } from '@nestjs/websockets';
import type { Namespace, Socket } from 'socket.io';
import type { LiveJoined, LiveTimeReply, QuizAudience, QuizCatchUp, RoomReceipt } from '@xuekao/contracts';
import {
  AppClock,
  GuardedGateway,
  identityOf,
  Permit,
  PermitMember,
  Public,
  ReadAtAGlance,
  socketMetrics,
} from '@xuekao/platform';
import { RoomSockets } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import { LiveRefused } from '../live.errors.js';
import { QuizRoomService, screenViewer } from '../quiz-room.service.js';
import { glanceAtAnswer, glanceAtResume, glanceAtTime } from './glances.js';
import { Handshake } from './handshake.js';
import { AnswerDto, CommandDto, RoomJoinDto, ResumeDto, TimeSyncDto, WatchDto } from './messages.dto.js';

/** Namespace `/live`: see the lib's README for the protocol. */
@GuardedGateway()
@WebSocketGateway({ namespace: '/live', transports: ['websocket', 'polling'] })
export class LiveGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket> {
  constructor(
    private readonly quiz: QuizRoomService,
    private readonly sockets: RoomSockets,
    private readonly handshake: Handshake,
    private readonly clock: AppClock,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use(this.handshake.middleware);
    this.sockets.attach(namespace);
  }

  handleConnection(): void {
    socketMetrics.sockets.inc();
  }

  handleDisconnect(socket: Socket): void {
    socketMetrics.sockets.dec();
    this.sockets.leaveAll(socket);
  }

  @SubscribeMessage('room:join')
  @PermitMember()
  async join(@ConnectedSocket() socket: Socket, @MessageBody() { code }: RoomJoinDto): Promise<LiveJoined> {
    const { roomId, viewer } = await this.quiz.join(code);
    return this.enter(socket, roomId, viewer);
  }

  /** A console by its account's right, a screen by its token. */
  @SubscribeMessage('room:watch')
  @Public()
  async watch(@ConnectedSocket() socket: Socket, @MessageBody() { roomId }: WatchDto): Promise<LiveJoined> {
    const role = identityOf(socket)?.kind === 'screen' ? 'screen' : 'host';
    return this.enter(socket, roomId, await this.viewerFor(socket, roomId, role));
  }

  @SubscribeMessage('room:resume')
  @Public()
  @ReadAtAGlance(glanceAtResume)
  async resume(
    @ConnectedSocket() socket: Socket,
    @MessageBody() { roomId, role, lastSeq }: ResumeDto,
  ): Promise<QuizCatchUp> {
    const viewer = await this.viewerFor(socket, roomId, role);
    // Entered before the look, so that no frame falls between the two.
    await this.sockets.enter(socket, roomId, viewer);
    return this.quiz.catchUp(roomId, viewer, lastSeq);
  }

  @SubscribeMessage('room:answer')
  @PermitMember()
  @ReadAtAGlance(glanceAtAnswer)
  answer(@MessageBody() body: AnswerDto): Promise<RoomReceipt> {
    return this.quiz.answer(body);
  }

  @SubscribeMessage('room:command')
  @Permit('live.host')
  command(@MessageBody() body: CommandDto): Promise<RoomReceipt> {
    return this.quiz.command(body);
  }

  @SubscribeMessage('time:sync')
  @Public()
  @ReadAtAGlance(glanceAtTime)
  time(@MessageBody() _body: TimeSyncDto): LiveTimeReply {
    const receivedAt = this.clock.now();
    return { receivedAt, sentAt: this.clock.now() };
  }

  private async viewerFor(socket: Socket, roomId: string, role: QuizAudience): Promise<RoomViewer> {
    const identity = identityOf(socket);
    if (identity?.kind !== 'screen') return this.quiz.viewerFor(roomId, role);
    if (identity.roomId !== roomId) throw new LiveRefused('live.screen.invalid');
    return screenViewer;
  }

  private async enter(socket: Socket, roomId: string, viewer: RoomViewer): Promise<LiveJoined> {
    await this.sockets.enter(socket, roomId, viewer);
    return this.quiz.joined(roomId, viewer);
  }
}
