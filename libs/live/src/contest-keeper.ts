import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppConfig, Outbox } from '@xuekao/platform';
import { opaque, Rooms } from '@xuekao/rooms';
import { resultRows, unitRows } from './contest-results.js';
import { quizMachineOf } from './core/quiz-machine.js';
import type { QuizState } from './core/quiz-state.js';
import { liveEvents } from './live.events.js';
import type { ContestEnded } from './live.events.js';
import { LiveQuestionSource } from './live.ports.js';
import { LiveStore } from './live.store.js';

/** Tells rooms how a quiz runs, and keeps what is to remain of it. */
@Injectable()
export class ContestKeeper implements OnModuleInit {
  constructor(
    private readonly rooms: Rooms,
    private readonly source: LiveQuestionSource,
    private readonly store: LiveStore,
    private readonly outbox: Outbox,
    private readonly config: AppConfig,
    private readonly uow: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const machine = opaque(quizMachineOf(this.source));
    this.rooms.register({ machine, over: (roomId, state) => this.keepResults(roomId, state as QuizState) });
  }

  /** Results, event and closing commit together; a second call finds the room closed and does nothing. */
  private async keepResults(roomId: string, state: QuizState): Promise<void> {
    const endedAt = state.phaseAt;
    await this.uow.run(async () => {
      if (!(await this.rooms.close(roomId))) return;
      await this.store.endContest(roomId, endedAt);
      const contest = await this.store.contest(roomId);
      if (!contest || contest.isRehearsal) return;
      const rows = resultRows(state, endedAt, this.config.zone);
      const units = unitRows(state);
      await this.store.addResults(rows, units);
      const { unitId, title } = contest;
      const answeredSeats = rows.filter((row) => row.answered > 0).length;
      const counts = { seats: rows.length, answeredSeats, units: units.length };
      const payload: ContestEnded = { contestId: roomId, unitId, title, endedAt, ...counts };
      const type = liveEvents.contestEnded;
      await this.outbox.add({ type, subjectType: 'contest', subjectId: roomId, unitId, payload });
    });
  }
}
