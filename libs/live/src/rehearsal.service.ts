import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { currentActor, Outbox } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { RowBody } from '@xuekao/rooms';
import { ContestService } from './contest.service.js';
import type { QuizCommand, QuizEvent } from './core/quiz-events.js';
import { HostUnits } from './host-units.js';
import { LiveRefused } from './live.errors.js';
import { liveEvents } from './live.events.js';
import type { ContestRow, QuizContest } from './live.entity.js';
import { LiveStore } from './live.store.js';

export interface RehearsalExtent {
  readonly rooms: number;
  readonly answers: number;
}

/** Rehearsals: made from a contest, and cleared with everything that was played in them. */
@Injectable()
export class RehearsalService {
  constructor(
    private readonly contests: ContestService,
    private readonly store: LiveStore,
    private readonly rooms: Rooms,
    private readonly units: HostUnits,
    private readonly outbox: Outbox,
    private readonly uow: UnitOfWork,
  ) {}

  /** A room with the set, the options and as many questions as the contest. Refuses 'live.rehearsal.of-rehearsal'. */
  async rehearse(contestId: string): Promise<QuizContest> {
    const contest = await this.contests.hosted(contestId);
    if (contest.isRehearsal) throw new LiveRefused('live.rehearsal.of-rehearsal');
    const { setId, unitId, title, options, questions: draw } = contest;
    return this.contests.create({ setId, unitId, title, options, draw, isRehearsal: true, rehearsalOf: contest.id });
  }

  /** Nothing is left of the rehearsal: room, log and its own row. Refuses 'live.rehearsal.not-one'. */
  async clear(rehearsalId: string): Promise<number> {
    const rehearsal = await this.contests.hosted(rehearsalId);
    if (!rehearsal.isRehearsal) throw new LiveRefused('live.rehearsal.not-one');
    return this.clearAll(rehearsal, [rehearsal]);
  }

  /** Nothing is left of any rehearsal of the contest. Returns how many there were. */
  async clearOf(contestId: string): Promise<number> {
    const contest = await this.contests.hosted(contestId);
    return this.clearAll(contest, await this.store.rehearsalsOf(contest.id));
  }

  /** As `clearOf`, of every contest of this unit and of those below it, and of rehearsals that were made without a contest. */
  async clearIn(unitId: string): Promise<number> {
    return this.clearAll({ id: unitId, unitId, title: '' }, await this.rehearsalsIn(unitId), 'unit');
  }

  /** What `clearOf` would take away. */
  async extentOf(contestId: string): Promise<RehearsalExtent> {
    const { id } = await this.contests.hosted(contestId);
    return this.extent(await this.store.rehearsalsOf(id));
  }

  /** What `clearIn` would take away. */
  async extentIn(unitId: string): Promise<RehearsalExtent> {
    return this.extent(await this.rehearsalsIn(unitId));
  }

  private async rehearsalsIn(unitId: string): Promise<ContestRow[]> {
    await this.units.require(unitId);
    return this.store.rehearsalsIn(await this.units.ids(unitId));
  }

  private async extent(rehearsals: readonly ContestRow[]): Promise<RehearsalExtent> {
    let answers = 0;
    for (const { id } of rehearsals) {
      for await (const { payload } of this.rooms.rows(id)) {
        const { events } = JSON.parse(payload) as RowBody<QuizEvent>;
        answers += events.filter(({ type }) => type === 'answered').length;
      }
    }
    return { rooms: rehearsals.length, answers };
  }

  private async clearAll(
    subject: Pick<ContestRow, 'id' | 'unitId' | 'title'>,
    rehearsals: readonly ContestRow[],
    subjectType: 'contest' | 'unit' = 'contest',
  ): Promise<number> {
    if (rehearsals.length === 0) return 0;
    for (const { id, endedAt } of rehearsals) if (endedAt === null) await this.endForViewers(id);
    await this.uow.run(async () => {
      for (const { id } of rehearsals) {
        await this.rooms.erase(id);
        await this.store.removeRehearsal(id);
      }
      const { id: subjectId, unitId, title } = subject;
      const payload = { title, rehearsalIds: rehearsals.map(({ id }) => id) };
      await this.outbox.add({ type: liveEvents.rehearsalsCleared, subjectType, subjectId, unitId, payload });
    });
    return rehearsals.length;
  }

  /** Phones still in the room are told that it is over. Where that fails it is cleared all the same. */
  private async endForViewers(roomId: string): Promise<void> {
    const { name } = currentActor();
    const console = `clearing-${newId()}`;
    for (const type of ['take-baton', 'end'] as const) {
      const command: QuizCommand = { type: 'host', console, name, act: { type } };
      await this.rooms.submit(roomId, { id: `clear:${newId()}`, command });
    }
  }
}
