import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { attendanceCounts } from './core/index.js';
import type { AttendanceEntity, SessionItemEntity } from './session.entity.js';
import { SessionEntity } from './session.entity.js';
import { bySession, SessionQuery } from './session.query.js';
import type { SessionLine } from './session.query.js';
import type { StudyCreditEntity } from './study-hours.entity.js';
import { StudyHoursStore } from './study-hours.store.js';

/** One archived session with everything that statistics and reports print of it. */
export interface ArchivedSession extends SessionLine {
  readonly head: SessionEntity;
  readonly items: readonly SessionItemEntity[];
  readonly attendance: readonly AttendanceEntity[];
}

/** Read port for statistics and reports: only archived sessions count. Source: domain.md §2.4. */
@Injectable()
export class SessionFactsQuery {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly query: SessionQuery,
    private readonly hours: StudyHoursStore,
  ) {}

  /** Archived sessions of a year (by the day they really began), oldest first; of all owners where none are named. */
  async archived(question: {
    readonly year: number;
    readonly ownerIds?: readonly string[];
  }): Promise<ArchivedSession[]> {
    const { year, ownerIds } = question;
    const heads = await this.uow.manager.find(SessionEntity, {
      where: { year, state: 'archived' },
      order: { startedAt: 'ASC', id: 'ASC' },
    });
    const owners = ownerIds && new Set(ownerIds);
    const wanted = owners ? heads.filter((head) => owners.has(head.ownerUnitId)) : heads;
    const ids = wanted.map((head) => head.id);
    const items = bySession(await this.query.itemsOf(ids));
    const attendance = bySession(await this.query.attendanceOf(ids));
    const guests = bySession(await this.query.guestsOf(ids));
    return wanted.map((head) => {
      const rows = attendance.get(head.id) ?? [];
      const counts = attendanceCounts(rows, guests.get(head.id) ?? []);
      return { head, items: items.get(head.id) ?? [], counts, attendance: rows };
    });
  }

  /** Study hours earned in a year, one row per person and item. */
  creditsOfYear(year: number): Promise<readonly StudyCreditEntity[]> {
    return this.hours.creditsOfYear(year);
  }
}
