import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { periodOf } from '@xuekao/kernel';
import { AppConfig, Outbox } from '@xuekao/platform';
import { opaque, Rooms } from '@xuekao/rooms';
import { quizMachineOf } from './core/quiz-machine.js';
import type { QuizState } from './core/quiz-state.js';
import { liveEvents } from './live.events.js';
import type { ContestEnded } from './live.events.js';
import type { ContestResultRow } from './live.entity.js';
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
      await this.store.addResults(rows);
      const { unitId, title } = contest;
      const answeredSeats = rows.filter((row) => row.answered > 0).length;
      const payload: ContestEnded = { contestId: roomId, unitId, title, endedAt, seats: rows.length, answeredSeats };
      const type = liveEvents.contestEnded;
      await this.outbox.add({ type, subjectType: 'contest', subjectId: roomId, unitId, payload });
    });
  }
}

export function resultRows(state: QuizState, endedAt: number, zone: string): ContestResultRow[] {
  const period = periodOf(endedAt, zone);
  return state.seats.map(({ seat, player, points, correct, answered, scoringMs, place, kicked }) => ({
    contestId: state.roomId,
    seat,
    memberId: player.memberId,
    memberName: player.name,
    unitId: player.unitId,
    unitName: player.unitName,
    points,
    correct,
    answered,
    scoringMs,
    place: kicked ? null : place,
    endedAt,
    ...period,
  }));
}
