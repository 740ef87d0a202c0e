import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { periodOf } from '@xuekao/kernel';
import { AppClock, AppConfig, currentActor, Outbox } from '@xuekao/platform';
import { attendanceSheet } from './attendance-sheet.js';
import { AudienceDirectory } from './audience-directory.js';
import type { Attendance, Session } from './core/index.js';
import { SessionReader } from './session.reader.js';

export interface Sheet {
  readonly name: string;
  readonly content: Buffer;
}

/** Attendance as a reader may see it. */
@Injectable()
export class AttendanceViews {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionReader,
    private readonly directory: AudienceDirectory,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {}

  /** The attendance list of one session as XLSX; the export leaves an event. */
  async sheet(id: string): Promise<Sheet> {
    const session = await this.sessions.get(id);
    const { title, ownerUnitId } = session.head;
    const rows = await this.readable(session);
    const content = await attendanceSheet(session, rows, this.config.zone);
    await this.uow.run(() =>
      this.outbox.add({
        type: 'session.attendance.exported',
        subjectType: 'session',
        subjectId: id,
        unitId: ownerUnitId,
        payload: { title, rows: rows.length },
      }),
    );
    return { name: `${title}出勤表.xlsx`, content };
  }

  /**
   * The rows without the notes that the reader may not see: notes of sick leave are for the member and for the secretary of
   * his branch. Source: domain.md §7.2.
   */
  async readable(session: Session): Promise<readonly Attendance[]> {
    const { memberId } = currentActor();
    const today = periodOf(this.clock.now(), this.config.zone).localDate;
    const led = memberId ? await this.directory.branchesLedBy(memberId, today) : new Set<string>();
    return session.attendance.map((row) => {
      const isSecret = row.leaveReason === 'sick' && row.leaveNote !== null;
      const mayRead = row.memberId === memberId || (row.unitId !== null && led.has(row.unitId));
      return isSecret && !mayRead ? { ...row, leaveNote: null } : row;
    });
  }
}
