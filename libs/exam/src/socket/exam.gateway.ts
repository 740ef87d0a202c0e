import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { OnGatewayConnection, OnGatewayDisconnect, OnGatewayInit } from '@nestjs/websockets';
import type { AttemptWatched, InvigilationView } from '@xuekao/contracts';
import { GuardedGateway, Permit, PermitMember, socketMetrics } from '@xuekao/platform';
import type { Namespace, Socket } from 'socket.io';
import { AttemptWatchers } from './attempt-watchers.js';
import { ConsoleWatchers } from './console-watchers.js';
import { ExamHandshake } from './exam-handshake.js';
import { AttemptWatchMessage, ExamWatchMessage } from './messages.dto.js';

/** Namespace `/exam`: see the lib's README for the protocol. */
@GuardedGateway()
@WebSocketGateway({ namespace: '/exam', transports: ['websocket', 'polling'] })
export class ExamGateway implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, OnGatewayDisconnect<Socket> {
  constructor(
    private readonly attempts: AttemptWatchers,
    private readonly consoles: ConsoleWatchers,
    private readonly handshake: ExamHandshake,
  ) {}

  afterInit(namespace: Namespace): void {
    namespace.use(this.handshake.middleware);
  }

  handleConnection(): void {
    socketMetrics.sockets.inc();
  }

  handleDisconnect(socket: Socket): void {
    socketMetrics.sockets.dec();
    this.attempts.leave(socket);
    this.consoles.leave(socket);
  }

  @SubscribeMessage('attempt:watch')
  @PermitMember()
  watchAttempt(
    @ConnectedSocket() socket: Socket,
    @MessageBody() { attemptId, writer }: AttemptWatchMessage,
  ): Promise<AttemptWatched> {
    return this.attempts.enter(socket, attemptId, writer);
  }

  @SubscribeMessage('exam:watch')
  @Permit('exam.read')
  watchExam(@ConnectedSocket() socket: Socket, @MessageBody() { examId }: ExamWatchMessage): Promise<InvigilationView> {
    return this.consoles.enter(socket, examId);
  }

  @SubscribeMessage('exam:unwatch')
  @Permit('exam.read')
  unwatchExam(@ConnectedSocket() socket: Socket, @MessageBody() { examId }: ExamWatchMessage): null {
    this.consoles.leave(socket, examId);
    return null;
  }
}
