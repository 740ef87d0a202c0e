import { Module } from '@nestjs/common';
import { RoomsModule, RoomsRealtimeModule } from '@xuekao/rooms';
import { BattleController } from './battle.controller.js';
import { BattleGateway } from './battle.gateway.js';
import { BattleKeeper } from './battle-keeper.js';
import { BattleMaker } from './battle-maker.js';
import { BattleQuestions } from './battle-questions.js';
import { BattleQueue } from './battle-queue.js';
import { BattleReviewService } from './battle-review.service.js';
import { BattleService } from './battle.service.js';
import { BattleStore } from './battle.store.js';

/** Needs what LiveModule needs. Every process has it: whoever answers HTTP may bring members together. */
@Module({
  imports: [RoomsModule],
  providers: [BattleStore, BattleQuestions, BattleMaker, BattleKeeper, BattleService, BattleReviewService],
  exports: [BattleStore, BattleMaker, BattleService, BattleReviewService],
})
export class BattleModule {}

@Module({ imports: [BattleModule], controllers: [BattleController] })
export class BattleHttpModule {}

@Module({ imports: [BattleModule, RoomsRealtimeModule], providers: [BattleQueue, BattleGateway] })
export class BattleRealtimeModule {}
