import { Module } from '@nestjs/common';
import { RoomsModule } from '@xuekao/rooms';
import { HallRehearsal } from './hall-rehearsal.js';
import { PreflightController } from './preflight.controller.js';
import { PreflightRecord } from './preflight-record.js';
import { PreflightRunner } from './preflight-runner.js';
import { PreflightService } from './preflight.service.js';
import { PreflightTickets } from './preflight-tickets.js';

@Module({ providers: [PreflightRecord], exports: [PreflightRecord] })
class PreflightRecordModule {}

/** For apps that answer HTTP. */
@Module({
  imports: [RoomsModule, PreflightRecordModule],
  providers: [PreflightService],
  controllers: [PreflightController],
})
export class PreflightHttpModule {}

/** For apps that hold sockets. */
@Module({
  imports: [RoomsModule, PreflightRecordModule],
  providers: [PreflightTickets, HallRehearsal, PreflightRunner],
  exports: [PreflightTickets],
})
export class PreflightRealtimeModule {}
