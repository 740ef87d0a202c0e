import { Injectable } from '@nestjs/common';
import type { InvigilationRow, InvigilationView } from '@xuekao/contracts';
import { AppClock } from '@xuekao/platform';
import type { Socket } from 'socket.io';
import { InvigilationQuery } from '../invigilation/invigilation.query.js';

interface Watched {
  readonly watchers: Map<string, { readonly socket: Socket; readonly sees: (row: InvigilationRow) => boolean }>;
  /** Rows as they were told last, by member. */
  readonly told: Map<string, string>;
}

/** Consoles of exams, on the sockets of this process. */
@Injectable()
export class ConsoleWatchers {
  private readonly exams = new Map<string, Watched>();

  constructor(
    private readonly query: InvigilationQuery,
    private readonly clock: AppClock,
  ) {}

  get examIds(): string[] {
    return [...this.exams.keys()];
  }

  async enter(socket: Socket, examId: string): Promise<InvigilationView> {
    const sees = await this.query.scopeOf(examId);
    const watched = this.exams.get(examId) ?? { watchers: new Map(), told: new Map<string, string>() };
    this.exams.set(examId, watched);
    watched.watchers.set(socket.id, { socket, sees });
    const rows = await this.query.rows(examId);
    for (const row of rows) if (!watched.told.has(row.memberId)) watched.told.set(row.memberId, JSON.stringify(row));
    if (!socket.connected) this.leave(socket);
    return { examId, rows: rows.filter(sees), serverNow: this.clock.now() };
  }

  leave(socket: Socket, examId?: string): void {
    for (const id of examId === undefined ? this.examIds : [examId]) {
      const watched = this.exams.get(id);
      watched?.watchers.delete(socket.id);
      if (watched?.watchers.size === 0) this.exams.delete(id);
    }
  }

  /** Tells the consoles of an exam the rows that have become different: of all people, or of these. */
  async refresh(examId: string, memberIds?: ReadonlySet<string>): Promise<void> {
    const watched = this.exams.get(examId);
    if (!watched || memberIds?.size === 0) return;
    const changed = (await this.query.rows(examId, memberIds)).filter((row) => {
      const text = JSON.stringify(row);
      if (watched.told.get(row.memberId) === text) return false;
      watched.told.set(row.memberId, text);
      return true;
    });
    for (const { socket, sees } of watched.watchers.values()) {
      const rows = changed.filter(sees);
      if (rows.length > 0) socket.emit('exam:rows', { examId, rows, serverNow: this.clock.now() });
    }
  }
}
