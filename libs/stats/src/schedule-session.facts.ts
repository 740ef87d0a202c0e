import { Injectable } from '@nestjs/common';
import { SessionFactsQuery } from '@xuekao/schedule';
import type { ArchivedSession, Attendance } from '@xuekao/schedule';
import type { AttendanceFact, HoursFact, SessionFact } from './core/index.js';
import { SessionFacts } from './facts.ports.js';

type Row = Pick<
  Attendance,
  | 'memberId'
  | 'name'
  | 'unitId'
  | 'departmentId'
  | 'group'
  | 'exemption'
  | 'status'
  | 'leaveState'
  | 'leaveReason'
  | 'madeUpAt'
>;

function outcomeOf(row: Row): AttendanceFact['outcome'] {
  if (row.status === 'present') return 'present';
  return row.status === 'leave' && row.leaveState === 'approved' ? 'leave' : 'absent';
}

function attendanceFact(sessionId: string, row: Row): AttendanceFact {
  const outcome = outcomeOf(row);
  return {
    sessionId,
    memberId: row.memberId,
    name: row.name,
    unitId: row.unitId,
    departmentId: row.departmentId,
    exemption: row.group === 'exempt' ? (row.exemption ?? 'special-mobile') : null,
    outcome,
    leaveReason: outcome === 'leave' ? row.leaveReason : null,
    madeUp: row.madeUpAt !== null,
  };
}

function sessionFact({ head, items }: ArchivedSession): SessionFact {
  const { people } = head;
  return {
    id: head.id,
    title: head.title,
    date: head.localDate,
    ownerUnitId: head.ownerUnitId,
    items: items.map((item) => ({ type: item.type, title: item.title, hours: item.hours ?? 0 })),
    studiesPartyBuilding: head.studiesPartyBuilding,
    speakerId: people.speaker?.memberId ?? null,
    speaker: people.speaker?.name ?? '',
    host: people.host?.name ?? '',
    recorder: people.recorder?.name ?? '',
    attachments: null,
  };
}

/** Study sessions as facts; guests (列席) are in no rate and are left out. Source: domain.md §2.4. */
@Injectable()
export class ScheduleSessionFacts extends SessionFacts {
  constructor(private readonly query: SessionFactsQuery) {
    super();
  }

  async ofYear(year: number) {
    const archived = await this.query.archived({ year });
    const titles = new Map(archived.map(({ head }) => [head.id, head.title]));
    const credits = await this.query.creditsOfYear(year);
    return {
      sessions: archived.map(sessionFact),
      attendance: archived.flatMap(({ head, attendance }) =>
        attendance.filter((row) => row.group !== 'guest').map((row) => attendanceFact(head.id, row)),
      ),
      hours: credits.map((credit): HoursFact => ({
        memberId: credit.memberId,
        sessionId: credit.sessionId,
        date: credit.localDate,
        title: titles.get(credit.sessionId) ?? '',
        collective: credit.isCollective,
        hours: credit.hours,
      })),
    };
  }
}
