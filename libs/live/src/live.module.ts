import { Module } from '@nestjs/common';
import { RoomsModule, RoomsRealtimeModule } from '@xuekao/rooms';
import { BattleHttpModule, BattleModule, BattleRealtimeModule } from './battle/battle.module.js';
import { BuzzGateway } from './buzz/buzz.gateway.js';
import { BuzzService } from './buzz/buzz.service.js';
import { ContestKeeper } from './contest-keeper.js';
import { ContestService } from './contest.service.js';
import { ContestController } from './http/contest.controller.js';
import { HostDeskController } from './http/host-desk.controller.js';
import { RehearsalController } from './http/rehearsal.controller.js';
import { QuestionSetController } from './http/question-set.controller.js';
import { RoomController } from './http/room.controller.js';
import { RoomPictureController } from './http/room-picture.controller.js';
import { HostUnits } from './host-units.js';
import { JoinCodes } from './join-codes.js';
import { LiveStore } from './live.store.js';
import { PreflightHttpModule, PreflightRealtimeModule } from './preflight/preflight.module.js';
import { QuestionSetService } from './question-set.service.js';
import { QuizRoomService } from './quiz-room.service.js';
import { RehearsalService } from './rehearsal.service.js';
import { ReplayService } from './replay.service.js';
import { RoomPictures } from './room-pictures.service.js';
import { ScreenTokens } from './screen-token.js';
import { ConsoleWatch } from './socket/console-watch.js';
import { Handshake } from './socket/handshake.js';
import { LiveGateway } from './socket/live.gateway.js';
import { RttMeters } from './socket/rtt-meter.js';
import { SheetController } from './stage/sheet.controller.js';
import { SheetService } from './stage/sheet.service.js';
import { StageContestService, StageSources } from './stage/stage-contest.service.js';
import { StageController } from './stage/stage.controller.js';
import { StageGateway } from './stage/stage.gateway.js';
import { StageKeeper } from './stage/stage-keeper.js';
import { StageRoomController } from './stage/stage-room.controller.js';
import { StageRoomService } from './stage/stage-room.service.js';
import { StageStore } from './stage/stage.store.js';

const stageServices = [StageStore, SheetService, StageSources, StageContestService, StageKeeper, StageRoomService];

/** Needs LiveQuestionSource and LiveMembers, a set of room adapters, and `Access` beside it. */
@Module({
  imports: [RoomsModule, BattleModule],
  providers: [
    LiveStore,
    JoinCodes,
    HostUnits,
    QuestionSetService,
    ContestService,
    ContestKeeper,
    QuizRoomService,
    ScreenTokens,
    RehearsalService,
    ReplayService,
    RoomPictures,
    ...stageServices,
  ],
  exports: [
    RoomsModule,
    LiveStore,
    JoinCodes,
    QuestionSetService,
    ContestService,
    QuizRoomService,
    ScreenTokens,
    RehearsalService,
    ReplayService,
    RoomPictures,
    SheetService,
    StageContestService,
    StageRoomService,
  ],
})
export class LiveModule {}

@Module({
  imports: [LiveModule, BattleHttpModule, PreflightHttpModule],
  controllers: [
    QuestionSetController,
    RoomController,
    RoomPictureController,
    ContestController,
    HostDeskController,
    RehearsalController,
    SheetController,
    StageRoomController,
    StageController,
  ],
})
export class LiveHttpModule {}

/** The gateways; they need `TokenVerifier`. */
@Module({
  imports: [LiveModule, RoomsRealtimeModule, BattleRealtimeModule, PreflightRealtimeModule],
  providers: [Handshake, LiveGateway, RttMeters, BuzzService, BuzzGateway, ConsoleWatch, StageGateway],
})
export class LiveRealtimeModule {}
