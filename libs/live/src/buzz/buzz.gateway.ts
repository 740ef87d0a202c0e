import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { LiveBuzzReady, RoomReceipt } from '@xuekao/contracts';
import { AppClock, GuardedGateway, Public } from '@xuekao/platform';
import type { Socket } from 'socket.io';
import { BuzzService } from './buzz.service.js';
import { BuzzDto, BuzzReadyDto } from './buzz.dto.js';

/** The buzzer's messages in namespace `/live`. Whoever holds a seat in the room may press, by whatever way he was let in. */
@GuardedGateway()
@WebSocketGateway({ namespace: '/live', transports: ['websocket', 'polling'] })
export class BuzzGateway {
  constructor(
    private readonly buzz: BuzzService,
    private readonly clock: AppClock,
  ) {}

  @SubscribeMessage('room:buzz-ready')
  @Public()
  ready(@ConnectedSocket() socket: Socket, @MessageBody() { roomId }: BuzzReadyDto): LiveBuzzReady {
    return this.buzz.ready(socket, roomId);
  }

  @SubscribeMessage('room:buzz')
  @Public()
  press(@ConnectedSocket() socket: Socket, @MessageBody() body: BuzzDto): Promise<RoomReceipt> {
    return this.buzz.press(socket, body, this.clock.now());
  }
}
