import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { periodOf } from '@xuekao/kernel';
import { AppConfig, Outbox } from '@xuekao/platform';
import { opaque, Rooms } from '@xuekao/rooms';
import { stageMachineOf, standingsOf, verdictsOf } from '../core/stage/index.js';
import type { StageState } from '../core/stage/index.js';
import type { ContestResultRow } from '../live.entity.js';
import { liveEvents } from '../live.events.js';
import type { ContestEnded } from '../live.events.js';
import { LiveQuestionSource } from '../live.ports.js';
import { LiveStore } from '../live.store.js';
import type { StageTeamRow } from './stage.entity.js';
import { StageStore } from './stage.store.js';

/** Tells rooms how a stage contest runs, and keeps what is to remain of it. */
@Injectable()
export class StageKeeper implements OnModuleInit {
  constructor(
    private readonly rooms: Rooms,
    private readonly source: LiveQuestionSource,
    private readonly contests: LiveStore,
    private readonly store: StageStore,
    private readonly outbox: Outbox,
    private readonly config: AppConfig,
    private readonly uow: UnitOfWork,
  ) {}

  onModuleInit(): void {
    const machine = opaque(stageMachineOf(this.source));
    this.rooms.register({ machine, over: (roomId, state) => this.keepResults(roomId, state as StageState) });
  }

  /** Scores, event and closing commit together; a second call finds the room closed and does nothing. */
  private async keepResults(roomId: string, state: StageState): Promise<void> {
    const endedAt = state.desk.endedAt ?? 0;
    await this.uow.run(async () => {
      if (!(await this.rooms.close(roomId))) return;
      await this.contests.endContest(roomId, endedAt);
      const contest = await this.contests.contest(roomId);
      if (!contest || contest.isRehearsal) return;
      const teams = teamResults(state);
      for (const team of teams) await this.store.keepScore(team);
      const rows = memberResults(state, teams, endedAt, this.config.zone);
      await this.contests.addResults(rows, []);
      const { unitId, title } = contest;
      const counts = { seats: rows.length, answeredSeats: rows.length, units: 0 };
      const payload: ContestEnded = { contestId: roomId, unitId, title, endedAt, ...counts };
      const type = liveEvents.contestEnded;
      await this.outbox.add({ type, subjectType: 'contest', subjectId: roomId, unitId, payload });
    });
  }
}

export function teamResults(state: StageState): StageTeamRow[] {
  const verdicts = verdictsOf(state.ledger);
  return standingsOf(state).map(({ team, score, place }) => ({
    contestId: state.roomId,
    team,
    name: state.setup?.teams[team - 1]?.name ?? '',
    score,
    place,
    rightAnswers: verdicts.filter((one) => one.team === team && one.verdict === 'right').length,
    wrongAnswers: verdicts.filter((one) => one.team === team && one.verdict === 'wrong').length,
  }));
}

/** One row for each member who was on the stage at the end, with his team's figures: so statistics know that he took part. */
export function memberResults(
  state: StageState,
  teams: readonly StageTeamRow[],
  endedAt: number,
  zone: string,
): ContestResultRow[] {
  const period = periodOf(endedAt, zone);
  const rows = teams
    .toSorted((a, b) => a.team - b.team)
    .flatMap((row) => {
      const members = state.play.teams[row.team - 1]?.members ?? [];
      return members.filter(({ role }) => role !== 'substitute').map((member) => ({ row, member }));
    });
  return rows.map(({ row, member }, index) => ({
    contestId: state.roomId,
    seat: index + 1,
    memberId: member.memberId,
    memberName: member.name,
    unitId: member.unitId,
    unitName: member.unitName,
    points: row.score ?? 0,
    correct: row.rightAnswers ?? 0,
    answered: (row.rightAnswers ?? 0) + (row.wrongAnswers ?? 0),
    scoringMs: 0,
    place: row.place,
    endedAt,
    ...period,
  }));
}
